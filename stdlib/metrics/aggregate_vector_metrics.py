"""The `aggregate_vector_metrics` function."""

from typing import Literal

from dtl.functions import Effect, function
from dtl.types.annotations import Float, Null, Object, String


@function(effect=Effect.ENVIRONMENT)
def aggregate_vector_metrics(
    function: Literal["sum", "avg", "max", "min"],
    key: String,
    tags: Object = {},
) -> Float | Null:
    """Return one number for the host's metrics of a name.

    A host of DTL keeps no metrics, so the result is always null.

    Args:
        function: How the metrics become one number.
        key: The metrics' name.
        tags: The tags they must have; a star in a value stands for anything.

    Examples:
        Add up a metric:
            >>> aggregate_vector_metrics("sum", "utilization")
            null
    """
    return None
