"""The `feature_extract` function."""

import math
import re
from collections import Counter
from statistics import fmean, median, pstdev
from typing import Any

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Array, Fallible, Float, String
from dtl.types.type import ARRAY, FLOAT_TYPE, STRING, map_of, object_of
from dtl.values.value import describe

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
_LINK = re.compile(r"https?://\S+")
_OF_TEXT = (
    "characters", "words", "sentences", "mean_word_length", "unique_words", "digits", "upper", "punctuation", "spaces",
    "links", "entropy",
)  # fmt: skip
_OF_NUMBERS = ("count", "sum", "mean", "median", "std", "min", "max", "range", "slope")


@function(dialect="dtl")
def feature_extract(value: String | Array) -> Fallible[dict[str, Float]]:
    """Describe a text or a series of numbers by numbers, as the input of a model.

    A text gives its counts of characters, words, sentences and links, the mean length of a word, the shares (0 to 1)
    of unique words, digits, upper-case letters, punctuation and spaces, and the entropy of its characters in bits. A
    series gives count, sum, mean, median, standard deviation, least, greatest, range, and the slope per step.

    Args:
        value: The text, or an array of numbers.

    Raises:
        The array is empty or holds something else than numbers.

    Examples:
        Of a text:
            >>> feature_extract!("Hello world.").words
            2.0

        Of a series:
            >>> feature_extract!([1, 2, 3]).slope
            1.0

        Not numbers:
            >>> feature_extract!(["a"])
            error: the array must hold finite numbers, got string
    """
    return _text(value) if isinstance(value, str) else _series(value)


@feature_extract.typed
def _result(arguments: Arguments) -> Result:
    kinds = arguments.type("value").kinds
    if kinds == STRING:
        return Result(object_of(dict.fromkeys(_OF_TEXT, FLOAT_TYPE)), False)
    if kinds == ARRAY:
        return Result(object_of(dict.fromkeys(_OF_NUMBERS, FLOAT_TYPE)), True)
    return Result(map_of(FLOAT_TYPE), True)


def _text(text: str) -> dict[str, float]:
    words = _WORD.findall(text)
    size = len(text)
    counts = Counter(text)
    bits = -sum(count / size * math.log2(count / size) for count in counts.values()) if size else 0.0
    values = (
        size,
        len(words),
        max(len(_SENTENCE.findall(text)), 1 if words else 0),
        _share(sum(map(len, words)), len(words)),
        _share(len({word.lower() for word in words}), len(words)),
        _share(sum(map(str.isdigit, text)), size),
        _share(sum(map(str.isupper, text)), size),
        _share(sum(not each.isalnum() and not each.isspace() for each in text), size),
        _share(sum(map(str.isspace, text)), size),
        len(_LINK.findall(text)),
        abs(bits),
    )
    return {name: round(float(each), 6) for name, each in zip(_OF_TEXT, values, strict=True)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _series(series: list[Any]) -> dict[str, float]:
    if not series:
        raise FunctionError("the array is empty")
    for each in series:
        if type(each) not in (int, float) or not math.isfinite(each):
            raise FunctionError(f"the array must hold finite numbers, got {describe(each)}")
    numbers = [float(each) for each in series]
    try:
        mean, step = fmean(numbers), (len(numbers) - 1) / 2
        spread = sum((at - step) ** 2 for at in range(len(numbers)))
        slope = sum((at - step) * (each - mean) for at, each in enumerate(numbers)) / spread if spread else 0.0
        low, high = min(numbers), max(numbers)
        values = (
            len(numbers),
            math.fsum(numbers),
            mean,
            median(numbers),
            pstdev(numbers),
            low,
            high,
            high - low,
            slope,
        )
    except OverflowError as reason:
        raise FunctionError("the numbers are too large") from reason
    if not all(map(math.isfinite, values)):
        raise FunctionError("the numbers are too large")
    return {name: float(each) for name, each in zip(_OF_NUMBERS, values, strict=True)}
