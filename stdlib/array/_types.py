"""The types of arrays that were put together."""

from dtl.functions import Result
from dtl.types.type import ANY_ARRAY, ARRAY, UNDEFINED, Collection, Type, array_of


def array_part(given: Type) -> Type:
    """Return the array part of a type, any array where it has none."""
    left = given.only(ARRAY)
    return ANY_ARRAY if left.is_never else left


def appended(first: Type, second: Type) -> Result:
    """Return the type of an array followed by another.

    Elements of the second have a place only where the first is no longer than the elements known of it.
    """
    one, two = array_part(first).array, array_part(second).array
    assert one is not None and two is not None
    if one.is_closed:
        largest = one.largest_index
        length = 0 if largest is None else largest + 1
        known = {**one.known, **{key + length: part for key, part in two.known.items()}}  # type: ignore[operator]
        made = Type(ARRAY, None, Collection(known, two.unknown))
    else:
        further = one.unknown if one.unknown_type.is_any else one.unknown_type | two.parts_type
        made = Type(ARRAY, None, Collection(one.known, further))
    if all(not part.kinds & UNDEFINED for part in one.known.values()):
        return Result(made)
    # Where the first array may be shorter, the second one's elements come sooner than VRL's type has them.
    return Result(made, actual=array_of(one.parts_type | two.parts_type))
