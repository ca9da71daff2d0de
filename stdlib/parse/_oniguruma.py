"""Oniguruma's regular expressions, which grok patterns are written in.

The engine backtracks. It gives up after ten million steps from one starting place. A pattern that may start anywhere
is therefore turned into one that starts at a fixed place and skips up to so many characters itself, so that the bound
is one for a stretch of the text, and not for each character.
"""

from __future__ import annotations

import re
from typing import Any

from .._optional import missing

# A flag group with x (in which # begins a comment) or a reference to the whole pattern: those cannot be wrapped.
_CANNOT_WRAP = re.compile(r"\(\?[a-z]*x|\\g<0>", re.IGNORECASE)

# The characters at which a match may begin in one search.
_STRETCH = 4_096


class InvalidPattern(ValueError):
    """A text is not a regular expression.

    Attributes:
        code: The engine's number for the reason.
    """

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class TooManySteps(Exception):
    """The search was given up; the pattern may or may not match."""


def _engine() -> tuple[Any, Any]:
    """Return the engine's library and its interface to C."""
    # Lazy, as most programs have no grok pattern.
    try:
        import onigurumacffi  # type: ignore[import-untyped]  # noqa: F401 -- initializes the library
        from _onigurumacffi import ffi, lib  # type: ignore[import-not-found]
    except ImportError:
        raise missing("grok", "onigurumacffi", "grok") from None
    return lib, ffi


class Pattern:
    """A compiled regular expression.

    Attributes:
        groups: The number of each named group, the first where several have the name.
    """

    def __init__(self, source: str, *, anchored: bool = False) -> None:
        """Compile a regular expression.

        Args:
            source: The expression; where it has named groups, others do not capture.
            anchored: Whether it can match at the beginning of a text only, so that it needs no bound of its own.

        Raises:
            InvalidPattern: It is not one.
        """
        self._lib, self._ffi = _engine()
        self._regex = self._compile(source)
        self._by_stretch = not anchored and not _CANNOT_WRAP.search(source)
        if self._by_stretch:
            self._regex = self._compile(rf"\G(?m:.{{0,{_STRETCH - 1}}}?)(?:{source})")
        names = list(_group_names(source))
        self.groups: dict[str, int] = {}
        for number, name in enumerate(names, 1):
            self.groups.setdefault(name, number)

    def _compile(self, source: str) -> Any:
        lib, ffi = self._lib, self._ffi
        regex, reason = ffi.new("regex_t*[1]"), ffi.new("OnigErrorInfo[1]")
        data = source.encode("utf-8", "replace")
        code = lib.onigcffi_new(regex, data, len(data), reason)
        if code < 0:
            message = ffi.new("OnigUChar[ONIG_MAX_ERROR_MESSAGE_LEN]")
            length = lib.onig_error_code_to_str(message, code, reason)
            raise InvalidPattern(bytes(message[0:length]).decode("utf-8", "replace"), code)
        return ffi.gc(regex[0], lib.onig_free)

    def search(self, text: bytes, start: int = 0) -> list[tuple[int, int]] | None:
        """Find the first match.

        Args:
            text: UTF-8.
            start: Where to begin, in bytes.

        Returns:
            The begin and end in bytes of the match and of each group, (-1, -1) for a group that took no part; None
            where nothing matches.

        Raises:
            TooManySteps: It was not found out in time.
        """
        found = self._search(text, start)
        if self._by_stretch:
            while found is None and (size := _stretch(text, start)) and start + size <= len(text):
                start += size
                found = self._search(text, start)
        return found

    def _search(self, text: bytes, start: int) -> list[tuple[int, int]] | None:
        lib = self._lib
        region = self._ffi.gc(lib.onig_region_new(), lib.onigcffi_region_free)
        code = lib.onigcffi_search(self._regex, text, len(text), start, region, lib.ONIG_OPTION_NONE)
        if code == lib.ONIG_MISMATCH:
            return None
        if code < 0:
            raise TooManySteps
        unpack, count = self._ffi.unpack, region.num_regs
        return list(zip(unpack(region.beg, count), unpack(region.end, count), strict=True))


def _stretch(text: bytes, start: int) -> int:
    """Return the bytes of the stretch that begins at a place; zero where the text ends before the stretch does."""
    characters = text[start : start + 4 * _STRETCH].decode("utf-8", "ignore")[:_STRETCH]
    return len(characters.encode()) if len(characters) == _STRETCH else 0


_TOKEN = re.compile(r"\\.|\[\^?\]?|\]|\(\?#[^)]*\)|\(\?(?:<(?![=!])([^>]*)>|'([^']*)')", re.DOTALL)


def _group_names(source: str) -> list[str]:
    """Return the names of an expression's named groups, in order."""
    names: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(source):
        text = token[0]
        if text[0] == "[":
            depth += 1
        elif text == "]":
            depth = max(depth - 1, 0)
        elif not depth and (name := token[1] or token[2]) is not None:
            names.append(name)
    return names
