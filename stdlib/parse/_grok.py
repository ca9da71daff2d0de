"""Grok patterns: regular expressions in which `%{NAME:field}` stands for a named pattern."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ._grok_patterns import patterns_of_grok
from ._grok_reference import InvalidGrok, read_reference
from ._oniguruma import InvalidPattern, Pattern

__all__ = ["Grok", "InvalidGrok", "compile_grok"]


class Grok:
    """A compiled grok pattern."""

    def __init__(self, text: str) -> None:
        """Compile a pattern.

        Raises:
            InvalidGrok: It is not one, or names a pattern that does not exist.
        """
        expansion = _Expansion(patterns_of_grok())
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
            name, field, definition, done = read_reference(text, start + 2)
            if definition is not None:
                self._definitions[name] = definition
            if name not in self._definitions:
                reason = f'The given pattern definition name "{name}" could not be found in the definition map'
                raise InvalidGrok(reason)
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
