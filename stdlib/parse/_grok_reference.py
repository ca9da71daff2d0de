"""What stands behind `%{` in a grok pattern."""

from __future__ import annotations

from string import ascii_letters, digits

_NAME = frozenset(ascii_letters + digits + "_")
_FIELD = _NAME | frozenset("-.[]")


class InvalidGrok(ValueError):
    """A text is not a grok pattern; `str()` gives the reason in the words of VRL's messages."""


def read_reference(text: str, at: int) -> tuple[str, str | None, str | None, int]:
    """Read `NAME`, `:field`, `:type` (which means nothing) and `=definition`; tell where what is behind them begins."""
    name, at = _read_word(text, at, _NAME)
    if not name:
        raise _unexpected("InvalidPattern")
    field = definition = None
    for takes in ("field", "type"):
        if text[at] != ":":
            break
        word, at = _read_word(text, at + 1, _FIELD)
        if not word and (takes == "type" or text[at] != ":"):
            raise _unexpected("InvalidPatternDefinition")
        if takes == "field":
            field = word or None  # `NAME::type` keeps nothing
    if text[at] == "=":
        end = at + 1
        while end < len(text) and text[end] not in "{}":
            end += 1
        definition = text[at + 1 : end]
        if not definition or not text.startswith("}", end):
            raise _unexpected("InvalidPatternDefinition")
        at = end
    if text[at] != "}":
        raise _unexpected("InvalidPattern")
    return name, field, definition, at + 1


def _read_word(text: str, at: int, characters: frozenset[str]) -> tuple[str, int]:
    """Read a word; behind it must come a colon, an equals sign or the closing brace."""
    end = at
    while end < len(text) and text[end] in characters:
        end += 1
    if end == len(text):
        raise _unexpected("InvalidPattern")
    if text[end] not in ":=}":
        raise _unexpected(f"InvalidCharacter({_shown(text[end])})")
    return text[at:end], end


def _unexpected(what: str) -> InvalidGrok:
    return InvalidGrok(f'Something unexpected happened during the compilation phase: "{what}"')


def _shown(character: str) -> str:
    """Return a character as the message shows it, between single quotes."""
    escapes = {"'": "\\'", "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
    if character in escapes:
        return f"'{escapes[character]}'"
    plain = character.isprintable() and not "\u0300" <= character <= "\u036f"
    return f"'{character}'" if plain else f"'\\u{{{ord(character):x}}}'"
