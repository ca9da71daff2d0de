"""The `anomaly_detect` function."""

import math
from statistics import fmean, median, pstdev
from typing import Any, Literal, TypedDict

from dtl.functions import FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Boolean, Fallible, Float, Integer
from dtl.values.value import describe

# Makes the median of absolute deviations an estimate of the standard deviation of normal data.
_MAD = 1.4826
_LEAST = 3


class Anomaly(TypedDict):
    """Whether a value stands out, and by how much: in spreads away from the middle."""

    is_anomaly: Boolean
    score: Float


@function(dialect="dtl")
def anomaly_detect(
    value: Float | Integer,
    history: Array,
    threshold: Float | Integer = 3.5,
    method: Literal["mad", "zscore"] = "mad",
) -> Fallible[Anomaly]:
    """Tell whether a number stands out from others.

    The score is the distance from the middle of the others, in units of their spread: the median and the median of
    absolute deviations (`mad`, which a few outliers do not disturb), or the mean and the standard deviation
    (`zscore`). Where the others are all equal, any other value has the score 1000000.

    Args:
        value: The number.
        history: The numbers to compare with, at least 3.
        threshold: The score from which on the number is an anomaly.
        method: How to measure.

    Raises:
        `history` has fewer than 3 elements, or holds something else than numbers.

        `threshold` is not above 0.

    Examples:
        An outlier:
            >>> anomaly_detect!(90, [10, 11, 9, 10, 12])
            { "is_anomaly": true, "score": 53.959261 }

        As usual:
            >>> anomaly_detect!(10.5, [10, 11, 9, 10, 12]).is_anomaly
            false

        Too little to compare with:
            >>> anomaly_detect!(1, [1])
            error: "history" must have at least 3 numbers, got 1

        No threshold:
            >>> anomaly_detect!(1, [1, 2, 3], threshold: to_int!("0"))
            error: "threshold" must be above 0, got 0
    """
    if len(history) < _LEAST:
        raise FunctionError(f'"history" must have at least {_LEAST} numbers, got {len(history)}')
    for each in history:
        if type(each) not in (int, float) or not math.isfinite(each):
            raise FunctionError(f'"history" must hold finite numbers, got {describe(each)}')
    if not math.isfinite(value):
        raise FunctionError("the value must be finite")
    score = _score(float(value), [float(each) for each in history], method)
    return {"is_anomaly": score >= _threshold(threshold), "score": score}


@anomaly_detect.prepare("threshold")
def _threshold(value: Any) -> Any:
    if not value > 0:
        raise InvalidArgument(f'"threshold" must be above 0, got {value}')
    return value


def _score(value: float, history: list[float], method: str) -> float:
    try:
        if method == "zscore":
            middle, spread = fmean(history), pstdev(history)
        else:
            middle = median(history)
            spread = median(abs(each - middle) for each in history) * _MAD
            # More than half of the numbers may be equal: then the mean deviation is the next best measure.
            spread = spread or fmean(abs(each - middle) for each in history) * 1.2533
        distance = abs(value - middle)
    except OverflowError as reason:
        raise FunctionError("the numbers are too large") from reason
    if not spread:
        return 0.0 if not distance else 1e6
    return round(min(distance / spread, 1e6), 6)
