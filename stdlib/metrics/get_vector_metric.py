"""The `get_vector_metric` function."""

from dtl.functions import Effect, function
from dtl.types.annotations import Null, Object, String


@function(effect=Effect.ENVIRONMENT)
def get_vector_metric(
    key: String,
    tags: Object = {},
) -> Object | Null:
    """Return the first of the host's metrics of a name.

    A host of DTL keeps no metrics, so the result is always null.

    Args:
        key: The metric's name.
        tags: The tags it must have; a star in a value stands for anything.

    Examples:
        Ask for a metric:
            >>> get_vector_metric("utilization")
            null
    """
    return None
