"""The type of an object or array that was changed at an unknown place."""

from dtl.functions import Arguments
from dtl.types.type import ANY_ARRAY, ANY_OBJECT, ARRAY, NEVER, OBJECT, Type


def container_or_never(arguments: Arguments) -> Type:
    """Return any array or any object, where it is certain which; VRL knows nothing else."""
    given = arguments.type("value")
    if given.within(ARRAY):
        return ANY_ARRAY
    return ANY_OBJECT if given.within(OBJECT) else NEVER
