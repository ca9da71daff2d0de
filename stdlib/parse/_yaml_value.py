"""The events of a YAML document as a value."""

from __future__ import annotations

from typing import Any, NoReturn

from dtl.values.value import Value

from ._yaml_scalar import Unfit, read_scalar

DEEPEST = 128
# So many aliases may be followed for each event of the document.
_MOST_JUMPS = 100

Path = tuple[str | int, ...]


class InvalidYaml(ValueError):
    """A text is no YAML document, or holds what JSON cannot; `str()` gives the reason and the place."""


class Builder:
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
            raise InvalidYaml("recursion limit exceeded" + place(event.start_mark))
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
        raise InvalidYaml(f"{shown}: {reason}{place(event.start_mark)}" if path else reason + place(event.start_mark))


def place(mark: Any) -> str:
    """Return the place of a mark; the beginning of the text is not told."""
    return f" at line {mark.line + 1} column {mark.column + 1}" if mark.line or mark.column else ""
