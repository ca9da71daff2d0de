"""What counts as white space, as Unicode's property and not as Python has it."""

from __future__ import annotations

# Python's own stripping would also take the separators U+001C to U+001F.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def trim(text: str) -> str:
    """Return a text without white space at its ends."""
    return text.strip(WHITE_SPACE)
