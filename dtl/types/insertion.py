"""What is known after a write at a path (spec 3.6)."""

from __future__ import annotations

from dtl.types.kind import ARRAY, OBJECT, UNDEFINED
from dtl.types.type import EMPTY, NULL_TYPE, UNDEFINED_TYPE, Collection, Type, union_of_parts, unknown_union


def inserted(type: Type, path: tuple[str | int, ...], new: Type) -> Type:
    """Return a type after a value of type `new` was stored at a path."""
    return type if new.is_never else _insert(type, path, new.stored())


def _insert(type: Type, path: tuple[str | int, ...], new: Type) -> Type:
    if not path:
        return new
    segment, rest = path[0], path[1:]
    if isinstance(segment, str):
        obj = type.object or EMPTY
        return Type(OBJECT, obj.with_part(segment, _insert(obj.part(segment), rest, new)))
    array = type.array or EMPTY
    if segment >= 0:
        return Type(ARRAY, None, _filled(array.with_part(segment, _insert(array.part(segment), rest, new)), segment))
    return Type(ARRAY, None, _insert_from_end(array, segment, rest, new))


def _filled(array: Collection, below: int) -> Collection:
    """Give every unlisted index below one what a write past the end leaves there."""
    missing = [i for i in range(below) if i not in array.known]
    if not missing:
        return array
    hole = array.unknown_type.stored()
    return Collection({**array.known, **{i: hole for i in missing}}, array.unknown)


def _insert_from_end(array: Collection, index: int, rest: tuple[str | int, ...], new: Type) -> Collection:
    needed = -index
    if array.is_closed:
        largest = array.largest_index
        length = largest + 1 if largest is not None else 0
        if length >= needed:
            at = length + index
            return array.with_part(at, _insert(array.part(at), rest, new))
        shift = needed - length
        known: dict[str | int, Type] = {0: _insert(UNDEFINED_TYPE, rest, new)}
        known.update({i: NULL_TYPE for i in range(1, shift)})
        known.update({k + shift: v for k, v in array.known.items()})  # type: ignore[operator]
        return Collection(known, array.unknown)
    length = array.minimum_length
    lowest = max(length, needed) - needed
    written = _insert(array.unknown_type, rest, new)
    result: Collection | None = None
    for shift in range(max(needed - length, 0) + 1):
        # Afterwards the array has `needed` elements at the least; those beyond the new ones were there before.
        known = {k + shift: v for k, v in array.known.items()}  # type: ignore[operator]
        known.update({i: array.part(i - shift).without_kinds(UNDEFINED) for i in range(shift, needed)})
        known.update({i: NULL_TYPE for i in range(1, shift)})
        if shift:
            known[0] = _insert(UNDEFINED_TYPE, rest, new)
        else:
            known = {k: v | _insert(v, rest, new) if k >= lowest else v for k, v in known.items()}  # type: ignore[operator]
        here = Collection(known, array.unknown)
        result = here if result is None else union_of_parts(result, here)
    assert result is not None
    return Collection(result.known, unknown_union(result.unknown, written.without_kinds(UNDEFINED)))
