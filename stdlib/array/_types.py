"""The types of arrays that were put together."""

from dtl.types.type import ANY_ARRAY, ARRAY, Collection, Type


def array_part(given: Type) -> Type:
    """Return the array part of a type, any array where it has none."""
    left = given.only(ARRAY)
    return ANY_ARRAY if left.is_never else left


def appended(first: Type, second: Type) -> Type:
    """Return the type of an array followed by another.

    Elements of the second have a place only where the first is no longer than the elements known of it.
    """
    one, two = array_part(first).array, array_part(second).array
    assert one is not None and two is not None
    if one.is_closed:
        largest = one.largest_index
        length = 0 if largest is None else largest + 1
        known = {**one.known, **{key + length: part for key, part in two.known.items()}}  # type: ignore[operator]
        return Type(ARRAY, None, Collection(known, two.unknown))
    further = one.unknown_type | two.parts_type
    return Type(ARRAY, None, Collection(one.known, one.unknown if one.unknown_type.is_any else further))
