"""Trees of nodes as indented outlines, for people who look into the compiler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from dtl.source import Source, Span
from dtl.types.show import show as show_type
from dtl.types.type import Type


def outline(node: Any, source: Source) -> str:
    """Return a tree as text: a line for each node with its place and plain fields, its parts below it."""
    return "\n".join(_lines("", node, source, ""))


def _lines(name: str, value: Any, source: Source, indent: str) -> Iterator[str]:
    prefix = f"{indent}{name}: " if name else indent
    if _is_node(value):
        plain = [
            f"{field.name}={_plain(part)}"
            for field in fields(value)
            if field.name not in ("span", "type") and _is_plain(part := getattr(value, field.name)) and part is not None
        ]
        span = getattr(value, "span", None)
        place = _place(span, source) if isinstance(span, Span) else ""
        type_ = getattr(value, "type", None)
        shown_type = f" : {show_type(type_)}" if isinstance(type_, Type) else ""
        yield f"{prefix}{type(value).__name__}{place}{''.join(' ' + each for each in plain)}{shown_type}"
        for field in fields(value):
            part = getattr(value, field.name)
            if not _is_plain(part) and field.name not in ("span", "type"):
                yield from _lines(field.name, part, source, indent + "  ")
    else:
        if name:
            yield f"{indent}{name}:"
        for part in value:
            yield from _lines("", part, source, indent + ("  " if name else ""))


def _is_node(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type | Type) and type(value).__module__.endswith(".nodes")


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple) and not isinstance(value, Span):
        return all(_is_plain(part) for part in value)
    return not _is_node(value)


def _plain(value: Any) -> str:
    if isinstance(value, Type):
        return show_type(value)
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else repr(value)


def _place(span: Span, source: Source) -> str:
    start, end = source.position(span.start), source.position(span.end)
    return f" {start.line}:{start.column}-{end.line}:{end.column}"
