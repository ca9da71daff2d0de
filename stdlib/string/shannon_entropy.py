"""The `shannon_entropy` function."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from dtl.functions import function
from dtl.types.annotations import Float, String
from dtl.values.text import replaced, to_bytes

from ._graphemes import graphemes


@function
def shannon_entropy(value: String, segmentation: Literal["byte", "codepoint", "grapheme"] = "byte") -> Float:
    """Return the Shannon entropy of a text, in bits per symbol.

    It is 0 for a text that repeats one symbol (or has none), and the higher the less predictable the symbols are.

    Args:
        value: The text.
        segmentation: What counts as a symbol: a byte, a code point, or a character as a reader sees it.

    Examples:
        One symbol only:
            >>> shannon_entropy("zzzz")
            0.0

        Four symbols, equally often:
            >>> shannon_entropy("abcdabcd")
            2.0

        Code points instead of bytes:
            >>> shannon_entropy("éé", segmentation: "codepoint")
            0.0
    """
    if segmentation == "byte":
        data = to_bytes(value)
        # In the order of the bytes, so that sums round alike.
        return _entropy((count for _, count in sorted(Counter(data).items())), len(data))
    text = replaced(value)
    symbols = graphemes(text) if segmentation == "grapheme" else text
    return _entropy(Counter(symbols).values(), len(symbols))


def _entropy(counts: Iterable[int], total: int) -> float:
    entropy = 0.0
    for count in counts:
        share = count / total
        entropy -= share * math.log2(share)
    return entropy + 0.0  # no negative zero
