"""A type: the kinds a value may have, and what is known of its fields and elements.

The model is VRL's (shared vocabulary: spec 3.2): a set of states, of which `object` and `array` carry a
collection of known parts and one type for all others. `undefined` means that nothing is stored at a place.
"""

from __future__ import annotations

from collections.abc import Mapping

from dtl.data import fresh, frozen
from dtl.types.kind import (
    ALL,
    ARRAY,
    BOOLEAN,
    CONTAINERS,
    FLOAT,
    INTEGER,
    JSON_KINDS,
    NULL,
    NUMBERS,
    OBJECT,
    REGEX,
    STRING,
    TIMESTAMP,
    UNDEFINED,
    Infinite,
)
from dtl.types.layered import differing, plain, with_item, with_items

__all__ = [
    "ALL",
    "ANY",
    "ANY_ARRAY",
    "ANY_OBJECT",
    "ARRAY",
    "BOOLEAN",
    "BOOLEAN_TYPE",
    "CONTAINERS",
    "EMPTY",
    "FLOAT",
    "FLOAT_TYPE",
    "INTEGER",
    "INTEGER_TYPE",
    "JSON",
    "JSON_OR_UNDEFINED",
    "NEVER",
    "NULL",
    "NULL_TYPE",
    "NUMBERS",
    "OBJECT",
    "REGEX",
    "REGEX_TYPE",
    "STRING",
    "STRING_TYPE",
    "TIMESTAMP",
    "TIMESTAMP_TYPE",
    "UNDEFINED",
    "UNDEFINED_TYPE",
    "Collection",
    "Infinite",
    "Type",
    "array_of",
    "map_of",
    "object_of",
    "of_kinds",
    "overwritten",
    "tuple_of",
    "union_of_parts",
    "unknown_union",
]


@frozen
class Collection:
    """What is known of an object's fields (text keys) or an array's elements (integer keys).

    `unknown` is the type of every part not listed; such a part may always be absent.
    """

    known: Mapping[str | int, Type] = fresh(factory=dict)
    unknown: Type | Infinite | None = None

    @property
    def unknown_type(self) -> Type:
        """Return the type of a part that is not listed; undefined is in it."""
        unknown = self.unknown
        if unknown is None:
            return UNDEFINED_TYPE
        if unknown is Infinite.ANY:
            return ANY
        if unknown is Infinite.JSON:
            return JSON_OR_UNDEFINED
        return unknown.with_kinds(UNDEFINED)

    @property
    def is_closed(self) -> bool:
        """Tell whether no part but the listed ones can exist."""
        return not self.unknown_type.kinds & ~UNDEFINED

    def part(self, key: str | int) -> Type:
        """Return the type of a part, listed or not."""
        known = self.known.get(key)
        return known if known is not None else self.unknown_type

    def with_part(self, key: str | int, type: Type) -> Collection:
        """Return this collection with one part's type replaced."""
        return Collection(with_item(self.known, key, type), self.unknown)

    def without_part(self, key: str | int) -> Collection:
        """Return this collection without a listed part; later elements of an array move down."""
        if isinstance(key, int):
            moved = {(k - 1 if k > key else k): v for k, v in self.known.items() if k != key}  # type: ignore[operator]
            return Collection(moved, self.unknown)
        return Collection({k: v for k, v in self.known.items() if k != key}, self.unknown)

    def without_idle_parts(self) -> Collection:
        """Return this collection without listed parts that say no more than the unlisted ones."""
        unknown = self.unknown_type
        if isinstance(self.unknown, Infinite):  # parts may have parts of the same type again
            known = {key: part for key, part in self.known.items() if part.without_idle_parts() != unknown}
        else:
            known = {key: part for key, part in self.known.items() if part != unknown}
        return Collection(known, self.unknown)

    @property
    def minimum_length(self) -> int:
        """Return how many elements an array of this shape has at the least."""
        present = [k for k, v in self.known.items() if isinstance(k, int) and not v.kinds & UNDEFINED]
        return max(present) + 1 if present else 0

    @property
    def largest_index(self) -> int | None:
        """Return the highest listed index of an array."""
        return max((k for k in self.known if isinstance(k, int)), default=None)

    @property
    def exact_length(self) -> int | None:
        """Return an array's length where it is certain."""
        if not self.is_closed:
            return None
        largest = self.largest_index
        if largest is None:
            return 0
        return largest + 1 if not self.known[largest].kinds & UNDEFINED else None

    @property
    def parts_type(self) -> Type:
        """Return the union of all parts, listed and not, without undefined."""
        from_unknown = self.unknown_type
        result = from_unknown
        for part in self.known.values():
            result = result | part
        return result.without_kinds(UNDEFINED)


@frozen
class Type:
    """A set of kinds; with the object or array kind comes the collection of its parts.

    `texts` lists the only strings possible, where they are known (what an enumeration gives); it plays no part in
    VRL's rules, only in exhaustiveness and in the editor.
    """

    kinds: int
    object: Collection | None = None
    array: Collection | None = None
    texts: frozenset[str] | None = None

    # --- questions ------------------------------------------------------------------------------

    @property
    def is_never(self) -> bool:
        """Tell whether no value has this type."""
        return not self.kinds

    @property
    def is_any(self) -> bool:
        """Tell whether every kind is possible."""
        return self.kinds == ALL

    @property
    def lists_parts(self) -> bool:
        """Tell whether single fields or elements are known."""
        return bool((self.object and self.object.known) or (self.array and self.array.known))

    @property
    def is_exact(self) -> bool:
        """Tell whether at most one kind is possible."""
        return not self.kinds & (self.kinds - 1)

    def within(self, kinds: int) -> bool:
        """Tell whether only these kinds are possible; never is within all."""
        return not self.kinds & ~kinds

    def contains(self, kinds: int) -> bool:
        """Tell whether one of these kinds is possible; never contains all."""
        return not self.kinds or bool(self.kinds & kinds)

    def intersects(self, other: Type) -> bool:
        """Tell whether the two types share a kind, or one is never."""
        return not self.kinds or not other.kinds or bool(self.kinds & other.kinds)

    def includes(self, other: Type) -> bool:
        """Tell whether every value of the other type is of this one."""
        if self is other or self is ANY:
            return True
        if other.kinds & ~self.kinds:
            return False
        if self.texts is not None and other.kinds & STRING and (other.texts is None or not other.texts <= self.texts):
            return False
        if other.kinds & OBJECT and not _collection_includes(self.object, other.object):
            return False
        return not (other.kinds & ARRAY and not _collection_includes(self.array, other.array))

    # --- making others --------------------------------------------------------------------------

    def with_kinds(self, kinds: int) -> Type:
        """Return this type with more (scalar) kinds possible."""
        if self.kinds & kinds == kinds:
            return self
        return Type(self.kinds | kinds, self.object, self.array, None if kinds & STRING else self.texts)

    def without_kinds(self, kinds: int) -> Type:
        """Return this type with kinds taken away."""
        if not self.kinds & kinds:
            return self
        left = self.kinds & ~kinds
        return Type(
            left,
            self.object if left & OBJECT else None,
            self.array if left & ARRAY else None,
            self.texts if left & STRING else None,
        )

    def stored(self) -> Type:
        """Return the type as it is once stored: what is undefined becomes null."""
        return self.without_kinds(UNDEFINED).with_kinds(NULL) if self.kinds & UNDEFINED else self

    def only(self, kind: int) -> Type:
        """Return the part of this type that is of the kinds given."""
        return self.without_kinds(ALL & ~kind)

    def __or__(self, other: Type) -> Type:
        """Return the union: a value of either type."""
        if self is other or other.is_never or (self is ANY and not other.lists_parts):
            return self
        if self.is_never or (other is ANY and not self.lists_parts):
            return other
        obj = union_of_parts(self.object, other.object)
        array = union_of_parts(self.array, other.array)
        texts = self._texts_with(other)
        if obj is self.object and array is self.array and other.kinds & ~self.kinds == 0 and texts == self.texts:
            return self
        return Type(self.kinds | other.kinds, obj, array, texts)

    def _texts_with(self, other: Type) -> frozenset[str] | None:
        if not other.kinds & STRING:
            return self.texts
        if not self.kinds & STRING:
            return other.texts
        return None if self.texts is None or other.texts is None else self.texts | other.texts

    @property
    def plain(self) -> Type:
        """Return this type without what is known of single texts."""
        return self if self.texts is None else Type(self.kinds, self.object, self.array)

    def without_idle_parts(self) -> Type:
        """Return this type without listed parts that say no more than the unlisted ones, at any depth."""
        if not self.lists_parts:
            return self
        obj, array = (parts and parts.without_idle_parts() for parts in (self.object, self.array))
        return Type(self.kinds, obj, array, self.texts)

    # --- places ---------------------------------------------------------------------------------

    def at(self, path: tuple[str | int, ...]) -> Type:
        """Return the type found at a path."""
        found = self
        for segment in path:
            found = found._field(segment) if isinstance(segment, str) else found._element(segment)
        return found

    def _field(self, name: str) -> Type:
        if self.is_never:
            return NEVER
        if self.object is None:
            return UNDEFINED_TYPE
        part = self.object.part(name)
        return part if self.is_exact else part.with_kinds(UNDEFINED)

    def _element(self, index: int) -> Type:
        if self.is_never:
            return NEVER
        array = self.array
        if array is None:
            return UNDEFINED_TYPE
        if index >= 0:
            part = array.part(index)
        elif array.is_closed:
            part = self._counted_from_end(array, index)
        else:
            part = array.unknown_type
            length = array.minimum_length
            for key, known in array.known.items():
                if key >= length + index:  # type: ignore[operator]
                    part = part | known
            if self.is_exact and length >= -index:
                return part.without_kinds(UNDEFINED)
        return part if self.is_exact else part.with_kinds(UNDEFINED)

    @staticmethod
    def _counted_from_end(array: Collection, index: int) -> Type:
        """Return the element a negative index names in an array whose parts are all listed."""
        largest = array.largest_index
        lowest, highest = array.minimum_length, (largest + 1 if largest is not None else 0)
        found = NEVER
        for length in range(lowest, highest + 1):
            at = length + index
            found = found | (array.part(at).without_kinds(UNDEFINED) if at >= 0 else UNDEFINED_TYPE)
        return found


# --- collections ------------------------------------------------------------------------------------


def unknown_union(a: Type | Infinite | None, b: Type | Infinite | None) -> Type | Infinite | None:
    if a is b or b is None:
        return a
    if a is None:
        return b
    if Infinite.ANY in (a, b):
        return Infinite.ANY
    if isinstance(a, Infinite) and isinstance(b, Infinite):
        return Infinite.JSON
    if isinstance(a, Infinite):
        a, b = b, a
    if isinstance(b, Infinite):
        # JSON with something else: still JSON where the other has nothing more, else anything.
        return b if JSON_OR_UNDEFINED.includes(a) else Infinite.ANY  # type: ignore[arg-type]
    assert isinstance(a, Type)
    return a | b


def union_of_parts(a: Collection | None, b: Collection | None) -> Collection | None:
    """Return what is known of the parts of a value that is the one or the other."""
    if a is b or b is None:
        return a
    if a is None:
        return b
    unknown = unknown_union(a.unknown, b.unknown)
    keys = differing(a.known, b.known)
    if keys is not None:
        return Collection(with_items(a.known, {key: a.part(key) | b.part(key) for key in keys}), unknown)
    known = plain(a.known)
    others, other_unknown = b.known, b.unknown_type
    for key, part in a.known.items():
        other = others.get(key, other_unknown)
        if other is not part:
            known[key] = part | other
    if len(others) != len(known) or known.keys() != others.keys():
        own_unknown = a.unknown_type
        known |= {key: part | own_unknown for key, part in others.items() if key not in known}
    return Collection(known, unknown)


def overwritten(a: Collection, b: Collection, is_sound: bool = True) -> Collection:
    """Return the object `a | b`: the right side's fields win (spec 3.4).

    VRL does not look at the left side for a field that the right side may lack; `is_sound` does.
    """
    known = dict(a.known)
    defined = b.unknown_type.without_kinds(UNDEFINED)
    if not defined.is_never:
        known = {key: part if key in b.known else part | defined for key, part in known.items()}
    for key, part in b.known.items():
        if part.kinds & UNDEFINED and is_sound:
            known[key] = part.without_kinds(UNDEFINED) | a.part(key)
        else:
            known[key] = part
    return Collection(known, unknown_union(a.unknown, b.unknown))


def _collection_includes(outer: Collection | None, inner: Collection | None) -> bool:
    if outer is inner:
        return True
    if outer is None or inner is None:
        return inner is None
    if outer.unknown is Infinite.ANY and not outer.known:
        return True
    outer_unknown, inner_unknown = outer.unknown_type, inner.unknown_type
    if inner.unknown is not outer.unknown and not outer_unknown.includes(inner_unknown):
        return False
    if any(not outer.part(key).includes(part) for key, part in inner.known.items()):
        return False
    return all(part.includes(inner_unknown) for key, part in outer.known.items() if key not in inner.known)


# --- the common types -------------------------------------------------------------------------------

EMPTY = Collection()
NEVER = Type(0)
STRING_TYPE = Type(STRING)
INTEGER_TYPE = Type(INTEGER)
FLOAT_TYPE = Type(FLOAT)
BOOLEAN_TYPE = Type(BOOLEAN)
TIMESTAMP_TYPE = Type(TIMESTAMP)
REGEX_TYPE = Type(REGEX)
NULL_TYPE = Type(NULL)
UNDEFINED_TYPE = Type(UNDEFINED)
ANY_PARTS = Collection({}, Infinite.ANY)
JSON_PARTS = Collection({}, Infinite.JSON)
ANY = Type(ALL, ANY_PARTS, ANY_PARTS)
ANY_OBJECT = Type(OBJECT, ANY_PARTS)
ANY_ARRAY = Type(ARRAY, None, ANY_PARTS)
# What is read from JSON is of a kind of JSON, but of its parts VRL knows nothing.
JSON_OR_UNDEFINED = Type(JSON_KINDS, ANY_PARTS, ANY_PARTS)
JSON = Type(JSON_KINDS & ~UNDEFINED, JSON_PARTS, JSON_PARTS)


def object_of(fields: Mapping[str, Type], unknown: Type | Infinite | None = None) -> Type:
    """Return the type of an object with these fields, closed unless `unknown` says otherwise."""
    known: dict[str | int, Type] = {name: type for name, type in fields.items()}
    return Type(OBJECT, Collection(known, unknown))


def array_of(element: Type) -> Type:
    """Return the type of an array of any length with elements of one type."""
    return Type(ARRAY, None, Collection({}, element))


def tuple_of(elements: list[Type] | tuple[Type, ...]) -> Type:
    """Return the type of an array with exactly these elements."""
    return Type(ARRAY, None, Collection(dict(enumerate(elements))))


def map_of(value: Type) -> Type:
    """Return the type of an object with any fields whose values are of one type."""
    return Type(OBJECT, Collection({}, value))


def of_kinds(kinds: int) -> Type:
    """Return the widest type of these kinds."""
    return Type(kinds, ANY_PARTS if kinds & OBJECT else None, ANY_PARTS if kinds & ARRAY else None)
