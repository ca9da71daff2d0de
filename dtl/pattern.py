"""Regular expressions of our own, compiled when they are first used.

Compiling one takes as long as importing a small module, and most runs use few of those that the modules they import
have at hand.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Protocol, cast


class _Later:
    """Stands for a compiled expression; methods are kept once they are looked up, so that later calls cost nothing."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


class Total(Protocol[AnyStr]):
    """A compiled expression that may match nothing at all, and so matches wherever it is tried."""

    def match(self, text: AnyStr, at: int = ..., end: int = ..., /) -> re.Match[AnyStr]:
        """Match at a place."""

    def fullmatch(self, text: AnyStr, at: int = ..., end: int = ..., /) -> re.Match[AnyStr] | None:
        """Match all, or nothing."""


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what can be used like a compiled expression, by its methods.

    Args:
        text: The expression; a mistake in it shows when it is first used.
        flags: As `re.compile` takes them.
    """
    return cast("re.Pattern[AnyStr]", _Later(text, flags))


def total(text: AnyStr, flags: int = 0) -> Total[AnyStr]:
    """Return the same for an expression that matches everywhere, if only nothing: `[ ]*`."""
    return cast("Total[AnyStr]", _Later(text, flags))
