"""The `find_vector_metrics` function."""

from typing import Any

from dtl.functions import Effect, function
from dtl.types.annotations import Array, Object, String


@function(effect=Effect.ENVIRONMENT)
def find_vector_metrics(
    key: String,
    tags: Object = {},
) -> Array:
    """Return the host's metrics of a name.

    A host of DTL keeps no metrics, so the result is always empty.

    Args:
        key: The metrics' name.
        tags: The tags they must have; a star in a value stands for anything.

    Examples:
        Find a metric:
            >>> find_vector_metrics("utilization")
            []
    """
    found: list[Any] = []
    return found
