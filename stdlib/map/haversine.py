"""The `haversine` function."""

import math
from typing import Literal, TypedDict

from dtl.functions import function
from dtl.types.annotations import Float

_RADIUS = {"kilometers": 6_371_008.8 / 1000.0, "miles": 6_371_008.8 / 1000.0 * 0.621_371_2}


class _Way(TypedDict):
    bearing: Float
    distance: Float


@function
def haversine(
    latitude1: Float,
    longitude1: Float,
    latitude2: Float,
    longitude2: Float,
    measurement_unit: Literal["kilometers", "miles"] = "kilometers",
) -> _Way:
    """Return how far one place on the earth is from another, and in which direction.

    The earth is taken for a ball. The distance has seven decimal places, the bearing, in degrees from north by east,
    has three.

    Args:
        latitude1: Degrees north of the place that is left; negative in the south.
        longitude1: Degrees east of it; negative in the west.
        latitude2: Degrees north of the place that is gone to.
        longitude2: Degrees east of it.
        measurement_unit: The unit of the distance.

    Examples:
        From Berlin to Paris:
            >>> haversine(52.52, 13.405, 48.8566, 2.3522)
            { "bearing": 246.743, "distance": 877.4645379 }

        In miles:
            >>> haversine(0.0, 0.0, 0.0, 90.0, measurement_unit: "miles")
            { "bearing": 90.0, "distance": 6218.4078395 }
    """
    one, two = math.radians(latitude1), math.radians(latitude2)
    down, across = two - one, math.radians(longitude2) - math.radians(longitude1)
    if not all(map(math.isfinite, (one, two, down, across))):
        return {"bearing": 0.0, "distance": 0.0}
    half = math.sin(down / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(across / 2) ** 2
    # Degrees beyond any sense leave no distance, as in VRL.
    distance = 2 * math.asin(math.sqrt(half)) * _RADIUS[measurement_unit] if half <= 1.0 else 0.0
    north = math.cos(one) * math.sin(two) - math.sin(one) * math.cos(two) * math.cos(across)
    bearing = (math.degrees(math.atan2(math.sin(across) * math.cos(two), north)) + 360.0) % 360.0
    return {"bearing": round(bearing, 3), "distance": round(distance, 7)}
