"""Words of an identifier: found in a text by their boundaries and put together in another style."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from dtl.values.text import replaced

from ._graphemes import graphemes

#: The styles in which an identifier may be written.
Style = Literal["camelCase", "PascalCase", "SCREAMING_SNAKE", "snake_case", "kebab-case"]

# Boundaries that lie between two characters of certain sorts; `acronym` is found in words().
_BETWEEN = {
    "lower_upper": ("lower", "upper"),
    "upper_lower": ("upper", "lower"),
    "lower_digit": ("lower", "digit"),
    "upper_digit": ("upper", "digit"),
    "digit_lower": ("digit", "lower"),
    "digit_upper": ("digit", "upper"),
}
_SEPARATORS = {"_": "underscore", "-": "hyphen", " ": "space"}

#: Boundaries that can be excluded, in the order in which messages list them.
NAMED_BOUNDARIES = (
    "lower_upper",
    "upper_lower",
    "acronym",
    "lower_digit",
    "upper_digit",
    "digit_lower",
    "digit_upper",
)

_IN_HUMPS = frozenset(NAMED_BOUNDARIES) - {"upper_lower"}
_USUAL = _IN_HUMPS | set(_SEPARATORS.values())
_OF_STYLE: dict[str, frozenset[str]] = {
    "camelCase": _IN_HUMPS,
    "PascalCase": _IN_HUMPS,
    "SCREAMING_SNAKE": frozenset({"underscore"}),
    "snake_case": frozenset({"underscore"}),
    "kebab-case": frozenset({"hyphen"}),
}


def words(text: str, style: str | None = None, excluded: Iterable[str] = ()) -> list[str]:
    """Return the words of an identifier.

    Args:
        text: The identifier.
        style: How it is written; when not known, every usual boundary counts.
        excluded: Boundaries that do not count.
    """
    boundaries = (_USUAL if style is None else _OF_STYLE[style]).difference(excluded)
    symbols = graphemes(replaced(text))
    sorts = [_sort(symbol) for symbol in symbols]
    pairs = {_BETWEEN[name] for name in boundaries if name in _BETWEEN}
    found: list[str] = []
    start = 0
    for index, symbol in enumerate(symbols):
        if _SEPARATORS.get(symbol) in boundaries:
            found.append("".join(symbols[start:index]))
            start = index + 1
        elif index > start and (
            (sorts[index - 1], sorts[index]) in pairs
            or ("acronym" in boundaries and sorts[index - 1 : index + 2] == ["upper", "upper", "lower"])
        ):
            found.append("".join(symbols[start:index]))
            start = index
    found.append("".join(symbols[start:]))
    return [word for word in found if word]


def _sort(symbol: str) -> str:
    """Return whether a character is an upper or lower case letter or an ASCII digit."""
    if symbol.isascii() and symbol.isdigit():
        return "digit"
    upper, lower = symbol.upper(), symbol.lower()
    if upper == lower:
        return ""
    return "upper" if symbol == upper else "lower" if symbol == lower else ""


def capitalized(word: str) -> str:
    """Return a word with its first character in upper case and the others in lower case."""
    first, *others = graphemes(word)
    return first.upper() + "".join(others).lower()


def converter(separator: str, first: Callable[[str], str], other: Callable[[str], str]) -> Callable[..., str]:
    """Return a function that writes the words of an identifier in one style.

    Args:
        separator: What stands between two words.
        first: How the first word is written.
        other: How each other word is written.
    """

    def convert(text: str, style: str | None = None, excluded: tuple[str, ...] = ()) -> str:
        found = words(text, style, excluded)
        if not found:
            return ""
        return separator.join([first(found[0]), *(other(word) for word in found[1:])])

    remembered = lru_cache(maxsize=2048)(convert)
    # Names of fields are short and come again and again.
    return lambda text, style=None, excluded=(): (remembered if len(text) <= 64 else convert)(text, style, excluded)
