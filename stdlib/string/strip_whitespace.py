"""The `strip_whitespace` function."""

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import replaced

# Unicode's White_Space property; Python's own strip() would take U+001C to U+001F as well.
_WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)


@function
def strip_whitespace(value: String) -> String:
    """Remove white space from both ends of a text.

    White space is what Unicode calls so.

    Args:
        value: The text.

    Examples:
        Blanks around a word:
            >>> strip_whitespace("   ready\\n")
            "ready"
    """
    return replaced(value).strip(_WHITE_SPACE)
