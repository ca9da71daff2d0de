"""The `truncate` function."""

from dtl.functions import function
from dtl.types.annotations import Integer, String
from dtl.values.text import replaced


@function
def truncate(value: String, limit: Integer, suffix: String = "") -> String:
    """Cut a text after a number of characters.

    Args:
        value: The text; one that is not longer than the limit stays as it is.
        limit: How many characters are kept; a negative number counts as 0.
        suffix: What is put after a text that was cut; it is not counted.

    Examples:
        A long text:
            >>> truncate("segmentation fault", 12)
            "segmentation"

        Marked as cut:
            >>> truncate("segmentation fault", 7, suffix: "...")
            "segment..."

        A short text:
            >>> truncate("ok", 7, suffix: "...")
            "ok"
    """
    text = replaced(value)
    kept = max(limit, 0)
    return text if len(text) <= kept else text[:kept] + replaced(suffix)
