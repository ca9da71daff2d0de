"""The `merge` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Boolean, Object
from dtl.types.type import ANY_OBJECT, OBJECT, Collection, Type, overwritten

from .._merge import merged_deeply


@function(checked_at_once=("to", "from"))
def merge(to: Object, from_: Object, deep: Boolean = False) -> Object:
    """Return the fields of two objects in one.

    Args:
        to: The first object.
        from: The second object; its fields win.
        deep: Whether two objects under the same name are merged too, instead of the second taking the place.

    Examples:
        Two objects:
            >>> merge({ "a": 1, "b": 1 }, { "b": 2, "c": 2 })
            { "a": 1, "b": 2, "c": 2 }

        Inner objects too:
            >>> merge({ "user": { "name": "Ada" } }, { "user": { "born": 1815 } }, deep: true)
            { "user": { "born": 1815, "name": "Ada" } }
    """
    return merged_deeply(to, from_) if deep else {**to, **from_}


@merge.typed
def _result(arguments: Arguments) -> Result:
    """The second object's type wins, even over fields that it may lack and within inner objects, as in VRL."""
    one, two = _fields(arguments.type("to")), _fields(arguments.type("from"))
    further = two.unknown_type
    known = dict(one.known)
    if not two.is_closed:
        known = {key: (part | further).stored() if further.is_any else part | further for key, part in known.items()}
    union = Type(OBJECT, Collection({}, one.unknown)) | Type(OBJECT, Collection({}, two.unknown))
    assert union.object is not None
    made = Type(OBJECT, Collection({**known, **two.known}, union.object.unknown))
    is_shallow = not arguments.constant("deep", arguments.given("deep"))
    actual = Type(OBJECT, overwritten(one, two)) if is_shallow else ANY_OBJECT
    return Result(made, actual=None if made.includes(actual) else actual)


def _fields(given: Type) -> Collection:
    left = given.only(OBJECT).object or ANY_OBJECT.object
    assert left is not None
    return left
