"""Environment variables in the programs of a Vector configuration, which Vector fills in before it reads the file."""

from __future__ import annotations

import re

# Texts and comments are passed over: whatever a variable puts there, they stay texts and comments.
_PARTS = re.compile(
    r"""
    "(?:\\.|[^"\\])*" | \b[srt]'(?:\\.|[^'\\])*' | \#[^\n]*
    | \$\{(?P<name>\w+)(?: :?-(?P<default>[^}\n]*) | :?\?[^}\n]* )?\} | \$(?P<bare>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def filled_in(program: str) -> str | None:
    """Return a program with the default of each variable that stands for code, no place in it moved.

    None if a variable has no default: then nobody can tell what the program is.
    """
    known = True

    def value(found: re.Match[str]) -> str:
        nonlocal known
        if found["name"] is None and found["bare"] is None:
            return found[0]
        known = known and found["default"] is not None
        return (found["default"] or "").ljust(len(found[0]))

    text = _PARTS.sub(value, program)
    return text if known else None
