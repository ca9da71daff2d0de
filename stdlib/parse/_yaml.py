"""YAML as values: what libyaml's parser finds, with the limits and the error texts of the reference's reader."""

from __future__ import annotations

from typing import Any, NoReturn

from dtl.values.value import Value

from .._optional import optional
from ._yaml_scalar import Unfit, read_scalar

_DEEPEST = 128
# So many aliases may be followed for each event of the document.
_MOST_JUMPS = 100

Path = tuple[str | int, ...]


class InvalidYaml(ValueError):
    """A text is no YAML document, or holds what JSON cannot; `str()` gives the reason and the place."""


def read_yaml(text: str) -> Value:
    """Read the one document of a text.

    Raises:
        InvalidYaml: It is no YAML, has several documents, or has no place in JSON.
    """
    yaml = optional("parse_yaml", "yaml", "pyyaml", "parse")
    parser = _open(yaml, text)
    try:
        events, anchors = _document(yaml, parser)
        if not events:
            return None
        value, _ = _Builder(yaml, events, anchors).value(0, (), _DEEPEST)
    except yaml.YAMLError as problem:
        raise InvalidYaml(_describe(problem)) from None
    try:
        is_last = isinstance(parser.get_event(), yaml.StreamEndEvent)
    except yaml.YAMLError:
        is_last = False
    if not is_last:
        raise InvalidYaml("deserializing from YAML containing more than one document is not supported")
    return value


def _open(yaml: Any, text: str) -> Any:
    """Return a parser at the beginning of a text: libyaml's, or the Python one where that is not built in."""
    try:
        parser = yaml.cyaml.CParser(text) if yaml.__with_libyaml__ else _pure_parser(yaml, text)
        parser.get_event()
    except yaml.YAMLError as problem:
        raise InvalidYaml(_describe(problem)) from None
    return parser


def _pure_parser(yaml: Any, text: str) -> Any:
    class Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)

    return Parser()


def _document(yaml: Any, parser: Any) -> tuple[list[Any], dict[int, int]]:
    """Return the events of the next document, and for each alias the event that it stands for."""
    events: list[Any] = []
    aliases: dict[int, int] = {}
    names: dict[str, int] = {}
    if isinstance(parser.get_event(), yaml.StreamEndEvent):
        return events, aliases
    while not isinstance(event := parser.get_event(), yaml.DocumentEndEvent):
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in names:
                raise InvalidYaml("unknown anchor" + _at(event.start_mark))
            aliases[len(events)] = names[event.anchor]
        elif getattr(event, "anchor", None) is not None:
            names[event.anchor] = len(events)
        events.append(event)
    return events, aliases


class _Builder:
    """Makes values of events."""

    def __init__(self, yaml: Any, events: list[Any], aliases: dict[int, int]) -> None:
        self.yaml = yaml
        self.events = events
        self.aliases = aliases
        self.jumps = 0
        # What an event was found to stand for at a depth, and the aliases that were followed for it.
        self.known: dict[tuple[int, int], tuple[Value, int]] = {}

    def value(self, index: int, path: Path, depth: int) -> tuple[Value, int]:
        """Return the value that begins with an event, and the index of the event after it."""
        yaml, event = self.yaml, self.events[index]
        if isinstance(event, yaml.AliasEvent):
            return self.aliased(self.aliases[index], path, depth), index + 1
        if isinstance(event, yaml.ScalarEvent):
            try:
                # libyaml tells a plain scalar by its first flag; the other says that quotes may be dropped.
                return read_scalar(event.value, event.tag, event.implicit[0] and event.style in (None, "")), index + 1
            except Unfit as reason:
                self.fail(str(reason), path, event)
        if event.tag is not None and event.tag.startswith("!"):
            self.fail("invalid type: enum, expected any valid JSON value", path, event)
        if not depth:
            raise InvalidYaml("recursion limit exceeded" + _at(event.start_mark))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(index + 1, path, depth - 1)
        return self.mapping(index + 1, path, depth - 1)

    def aliased(self, index: int, path: Path, depth: int) -> Value:
        """Return the value that an alias stands for; its repetitions share it."""
        known = self.known.get((index, depth))
        before = self.jumps
        self.jumps += 1 if known is None else known[1]
        if self.jumps > len(self.events) * _MOST_JUMPS:
            raise InvalidYaml("repetition limit exceeded")
        if known is not None:
            return known[0]
        value, _ = self.value(index, path, depth)
        self.known[index, depth] = value, self.jumps - before
        return value

    def sequence(self, index: int, path: Path, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        while not isinstance(self.events[index], self.yaml.SequenceEndEvent):
            item, index = self.value(index, (*path, len(items)), depth)
            items.append(item)
        return items, index + 1

    def mapping(self, index: int, path: Path, depth: int) -> tuple[dict[str, Any], int]:
        fields: dict[str, Any] = {}
        while not isinstance(self.events[index], self.yaml.MappingEndEvent):
            event = self.events[self.aliases.get(index, index)]
            if not isinstance(event, self.yaml.ScalarEvent):
                kind = "sequence" if isinstance(event, self.yaml.SequenceStartEvent) else "map"
                self.fail(f"invalid type: {kind}, expected a string", path, event)
            fields[event.value], index = self.value(index + 1, (*path, event.value), depth)
        return fields, index + 1

    def fail(self, reason: str, path: Path, event: Any) -> NoReturn:
        """Raise an error about the value at a path."""
        shown = "." if path and isinstance(path[0], int) else ""
        for part in path:
            shown += f"[{part}]" if isinstance(part, int) else f".{part}" if shown else part
        raise InvalidYaml(f"{shown}: {reason}{_at(event.start_mark)}" if path else reason + _at(event.start_mark))


def _at(mark: Any) -> str:
    """Return the place of a mark; the beginning of the text is not told."""
    return f" at line {mark.line + 1} column {mark.column + 1}" if mark.line or mark.column else ""


def _describe(problem: Any) -> str:
    """Word an error of the parser as the reference does."""
    mark = getattr(problem, "problem_mark", None)
    if mark is None:
        return f"{problem.reason} at position {problem.position}" if problem.position else str(problem.reason)
    text = problem.problem.replace("hexdecimal", "hexadecimal") + _at(mark)
    if problem.context:
        text += ", " + problem.context
        context = problem.context_mark
        if context is not None and (context.line, context.column) != (mark.line, mark.column):
            text += _at(context)
    return text
