"""Grok patterns: regular expressions in which `%{NAME:field}` stands for a named pattern."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import ascii_letters, digits

from ._grok_patterns import logstash
from ._oniguruma import InvalidPattern, Pattern

_NAME = frozenset(ascii_letters + digits + "_")
_FIELD = _NAME | frozenset("-.[]")


class InvalidGrok(ValueError):
    """A text is not a grok pattern; `str()` gives the reason in the words of VRL's messages."""


class Grok:
    """A compiled grok pattern."""

    def __init__(self, text: str) -> None:
        """Compile a pattern.

        Raises:
            InvalidGrok: It is not one, or names a pattern that does not exist.
        """
        expansion = _Expansion(logstash())
        source = expansion.expand(text)
        if not source:
            raise InvalidGrok(f'The given pattern "{text}" ended up compiling into an empty regex')
        try:
            self._pattern = Pattern(source)
        except InvalidPattern as reason:
            why = f"Regex compilation failed: Error(OnigError({reason.code}), {reason}):\n{source}"
            raise InvalidGrok(f'The given regex "{why}" failed compilation in the underlying engine') from None
        fields = {**{name: name for name in self._pattern.groups}, **expansion.fields}
        self._groups = [(fields[name], number) for name, number in self._pattern.groups.items()]

    def match(self, text: str) -> dict[str, str] | None:
        """Return the fields that the pattern finds in a text, or None where it does not match.

        Args:
            text: Valid UTF-8.

        Raises:
            TooManySteps: The search was given up.
        """
        data = text.encode()
        spans = self._pattern.search(data)
        if spans is None:
            return None
        found = {}
        for field, number in self._groups:
            begin, end = spans[number]
            if begin >= 0:
                found[field] = data[begin:end].decode()
        return found


@lru_cache(maxsize=256)
def compile_grok(text: str) -> Grok:
    """Return a compiled pattern.

    Raises:
        InvalidGrok: It is not one.
    """
    return Grok(text)


class _Expansion:
    """Replaces references by the patterns they name, and notes which group is which field."""

    def __init__(self, definitions: Mapping[str, str]) -> None:
        self._definitions = dict(definitions)
        self._repeated: dict[str, int] = {}
        self.fields: dict[str, str] = {}

    def expand(self, text: str) -> str:
        """Return a text without references."""
        parts: list[str] = []
        done = 0
        while (start := text.find("%", done)) >= 0:
            if not text.startswith("{", start + 1):
                # A percent sign takes the next character with it: no reference begins at the second of two.
                parts.append(text[done : start + 2])
                done = start + 2
                continue
            parts.append(text[done:start])
            name, field, definition, done = _read_reference(text, start + 2)
            if definition is not None:
                self._definitions[name] = definition
            if name not in self._definitions:
                raise InvalidGrok(f'The given pattern definition name "{name}" could not be found in the definition map')
            opening = f"(?<{self._group(field)}>" if field is not None else "(?:"
            parts.append(f"{opening}{self.expand(self._definitions[name])})")
        parts.append(text[done:])
        return "".join(parts)

    def _group(self, field: str) -> str:
        """Return the group of a field; a field that comes again is numbered."""
        group = f"_n_{len(self.fields)}"
        count = self._repeated.get(field, 0)
        self._repeated[field] = count + 1
        self.fields[group] = f"{field}[{count}]" if count else field
        return group


def _read_reference(text: str, at: int) -> tuple[str, str | None, str | None, int]:
    """Read `NAME`, `:field`, `:type` (which means nothing) and `=definition` up to the brace, and tell where it ends."""
    name, at = _read_word(text, at, _NAME)
    if not name:
        raise _unexpected("InvalidPattern")
    field = definition = None
    for takes in ("field", "type"):
        if text[at] != ":":
            break
        word, at = _read_word(text, at + 1, _FIELD)
        if not word:
            raise _unexpected("InvalidPatternDefinition")
        if takes == "field":
            field = word
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
