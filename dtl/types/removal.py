"""What is known after a removal: `del` with or without the removal of emptied parents (spec 3.6)."""

from __future__ import annotations

from enum import Enum

from dtl.types.kind import ARRAY, CONTAINERS, NULL, OBJECT, UNDEFINED
from dtl.types.type import EMPTY, Collection, Type, union_of_parts


def removed(type: Type, path: tuple[str | int, ...], compact: bool) -> Type:
    """Return a type after a removal at a path."""
    if not path:
        kinds = type.kinds & CONTAINERS | (NULL if type.kinds & ~CONTAINERS else 0)
        return Type(kinds, EMPTY if kinds & OBJECT else None, EMPTY if kinds & ARRAY else None)
    return _remove(type, path, compact)[0]


class _Removed(Enum):
    """How sure it is that a place is emptied by a removal."""

    NEVER = 0
    MAYBE = 1
    ALWAYS = 2


def _remove(type: Type, path: tuple[str | int, ...], compact: bool) -> tuple[Type, _Removed]:
    """Return the type after a removal, and whether the place itself is to be taken out of its parent."""
    if type.is_never:
        return type, _Removed.NEVER
    if not path:
        if not type.kinds & ~UNDEFINED:
            return type, _Removed.NEVER
        return type, _Removed.MAYBE if type.kinds & UNDEFINED else _Removed.ALWAYS
    segment, rest = path[0], path[1:]
    collection = type.object if isinstance(segment, str) else type.array
    if collection is None:
        return type, _Removed.NEVER
    if isinstance(segment, int) and segment < 0:
        length = collection.exact_length
        if length is None or length + segment < 0:
            return _remove_from_end(type, collection, segment, path, compact)
        segment += length
    return _remove_part(type, collection, segment, rest, compact)


def _remove_part(
    type: Type, collection: Collection, segment: str | int, rest: tuple[str | int, ...], compact: bool
) -> tuple[Type, _Removed]:
    part, fate = _remove(collection.part(segment), rest, compact)
    if segment in collection.known:
        collection = collection.with_part(segment, part)
    if fate is _Removed.NEVER:
        return _with_collection(type, segment, collection), _Removed.NEVER
    gone = collection.without_part(segment)
    if fate is _Removed.ALWAYS:
        after = gone
        emptied = _emptiness(gone) if compact else _Removed.NEVER
    else:
        after = union_of_parts(collection, gone) or gone
        emptied = _Removed.MAYBE if compact and _emptiness(gone) is not _Removed.NEVER else _Removed.NEVER
    if emptied is _Removed.ALWAYS and not type.is_exact:
        emptied = _Removed.MAYBE
    return _with_collection(type, segment, after), emptied


def _remove_from_end(
    type: Type, collection: Collection, segment: int, path: tuple[str | int, ...], compact: bool
) -> tuple[Type, _Removed]:
    """Return the union over all elements that a negative index may name in an array of unsure length."""
    largest = collection.largest_index
    if largest is None:
        return type, _Removed.NEVER
    result, fate = type, _Removed.NEVER
    for index in range(max(largest + 1 + segment, 0), largest + 1):
        one, removed = _remove_part(type, collection, index, path[1:], compact)
        result = result | one
        if removed is not _Removed.NEVER:
            fate = _Removed.MAYBE
    return result, fate


def _with_collection(type: Type, segment: str | int, collection: Collection) -> Type:
    if isinstance(segment, str):
        return Type(type.kinds, collection, type.array)
    return Type(type.kinds, type.object, collection)


def _emptiness(collection: Collection) -> _Removed:
    if any(not part.kinds & UNDEFINED for part in collection.known.values()):
        return _Removed.NEVER
    if not collection.known and collection.is_closed:
        return _Removed.ALWAYS
    return _Removed.MAYBE
