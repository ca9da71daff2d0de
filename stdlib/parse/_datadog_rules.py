"""Datadog's grok rules: grok patterns whose references may be aliases, and whose fields have paths and filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ._datadog_date import date_matcher
from ._datadog_expand import InvalidRule, expand
from ._datadog_filters import Filter, InvalidArguments, implied_filter, read_filter
from ._datadog_syntax import Reference, read_reference
from ._datadog_tokens import InvalidReference
from ._grok_patterns import patterns_of_groks
from ._oniguruma import InvalidPattern, Pattern

_REFERENCE = re.compile(r'%\{(?:[^"}]++|(?<!\\)"(?:\\"|[^"])*+(?<!\\)")++\}')


@dataclass(slots=True)
class Field:
    """Where the text of a group goes, and what is done to it before."""

    path: tuple[str, ...]
    filters: list[Filter] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule.

    Attributes:
        pattern: The regular expression.
        groups: Name and number of its groups, in the order of their names.
        fields: The fields of those groups that are one.
    """

    pattern: Pattern
    groups: tuple[tuple[str, int], ...]
    fields: Mapping[str, Field]


@lru_cache(maxsize=128)
def compile_rules(patterns: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> tuple[Rule, ...]:
    """Return compiled rules; empty patterns are left out.

    Raises:
        InvalidRule: One cannot be compiled.
    """
    definitions = dict(patterns_of_groks())
    return tuple(_compile(pattern, dict(aliases), definitions) for pattern in patterns if pattern)


def _compile(text: str, aliases: Mapping[str, str], definitions: dict[str, str]) -> Rule:
    resolver = _Resolver(aliases)
    resolver.add(text)
    # Oniguruma says m where Datadog's own engine says s: a dot that takes line ends too.
    source = f"(?m)\\A{''.join(resolver.parts)}\\z".replace("(?s)", "(?m)").replace("(?-s)", "(?-m)")
    try:
        regex, names = expand(source, definitions)
        pattern = Pattern(regex, anchored=True)
    except InvalidPattern:
        reason = f'The given regex "{regex}" failed compilation in the underlying engine'
    except InvalidRule as problem:
        reason = str(problem)
    else:
        groups = tuple(sorted((names.get(name, name), number) for name, number in pattern.groups.items()))
        return Rule(pattern, groups, resolver.fields)
    raise InvalidRule(f"failed to parse grok expression '{source}': {reason}")


class _Resolver:
    """Turns a rule into a plain grok pattern whose fields have names of ours."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        self._open: list[str] = []
        self.parts: list[str] = []
        self.fields: dict[str, Field] = {}

    def add(self, text: str) -> None:
        done = 0
        for found in _REFERENCE.finditer(text, 0, text.rfind("}") + 1):
            self.parts.append(text[done : found.start()])
            done = found.end()
            try:
                reference = read_reference(found[0])
            except InvalidReference as reason:
                raise InvalidRule(f"failed to parse grok expression '{found[0]}': {reason}") from None
            try:
                self._add_reference(reference)
            except InvalidArguments as reason:
                raise InvalidRule(str(reason)) from None
        self.parts.append(text[done:])

    def _add_reference(self, reference: Reference) -> None:
        group = None
        if reference.path is not None:
            group = f"grok{len(self.fields)}"
            self.fields[group] = Field(reference.path, [read_filter(reference.filter)] if reference.filter else [])
        name, arguments = reference.matcher.name, reference.matcher.arguments
        if name in self._aliases:
            self._in_group(group, "", lambda: self._add_alias(name))
        elif name == "regex":
            if not arguments or not isinstance(arguments[0], str):
                raise InvalidArguments(name)
            self._in_group(group, "?:", lambda: self.parts.append(arguments[0]))
        elif name == "date":
            source, action = date_matcher(arguments)
            self._imply(group, action)
            self._in_group(group, "?:", lambda: self.parts.append(source))
        elif name == "boolean":
            self._in_group(group, "?:", lambda: self.parts.append(name))
        else:
            pattern, implied = implied_filter(name)
            self._imply(group, implied)
            self.parts.append(f"%{{{pattern}:{group}}}" if group else f"%{{{pattern}}}")

    def _imply(self, group: str | None, action: Filter | None) -> None:
        if group and action:
            self.fields[group].filters.insert(0, action)

    def _in_group(self, group: str | None, otherwise: str, add: Callable[[], Any]) -> None:
        """Add text inside the group of a field, or inside a plain group where there is no field."""
        opening = f"(?<{group}>" if group else f"({otherwise}" if otherwise else ""
        self.parts.append(opening)
        add()
        self.parts.append(")" if opening else "")

    def _add_alias(self, name: str) -> None:
        if name in self._open:
            raise InvalidRule(f"Circular dependency found in the alias '{self._open[0]}'")
        self._open.append(name)
        self.add(self._aliases[name])
        self._open.pop()
