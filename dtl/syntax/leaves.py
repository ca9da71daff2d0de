"""The smallest nodes of the syntax tree.

Nodes are never changed after they are built. They are not frozen dataclasses only because building
those costs three times as much, and a parse builds thousands.
"""

from __future__ import annotations

from typing import TypeAlias

from dtl.source import Span
from dtl.tree import node


@node
class Name:
    """A word in a place that names something: a function, a parameter, a keyword argument."""

    span: Span
    text: str


@node
class String:
    """`"text"` or, in dtl, `'text'`: escapes are decoded in `value`."""

    span: Span
    value: str


@node
class RawString:
    """`s'text'`: `value` is the text between the quotes, as it is."""

    span: Span
    value: str


@node
class Integer:
    """`42`."""

    span: Span
    value: int


@node
class Float:
    """`4.2`."""

    span: Span
    value: float


@node
class Boolean:
    """`true`, `false`."""

    span: Span
    value: bool


@node
class Null:
    """`null`."""

    span: Span


@node
class Regex:
    """`r'pattern'`; the checker compiles it."""

    span: Span
    pattern: str


@node
class Timestamp:
    """`t'2021-02-03T04:05:06Z'`; the checker reads it."""

    span: Span
    text: str


@node
class Variable:
    """`name`; in dtl also `this`, the event, unless a variable has that name."""

    span: Span
    name: str


@node
class Field:
    """A path segment `.name` or `."any name"`; the span is that of the name itself."""

    span: Span
    name: str


@node
class Index:
    """A path segment `[1]`; the span includes the brackets."""

    span: Span
    value: int


Segment: TypeAlias = Field | Index


@node
class Event:
    """`.`, the root of the event; in a condition the span before a bare field's name is empty."""

    span: Span


@node
class Metadata:
    """`%`, the root of the metadata."""

    span: Span


@node
class Discard:
    """`_` as an assignment target."""

    span: Span


@node
class TypePattern:
    """`string`, `integer`, ... with an optional name for the value: `string s`."""

    span: Span
    kind: Name
    binding: Name | None


@node
class NamePattern:
    """A name that takes any value."""

    span: Span
    name: str


@node
class WildcardPattern:
    """`_`."""

    span: Span


@node
class Break:
    """`break` out of the nearest loop."""

    span: Span


@node
class Continue:
    """`continue` with the nearest loop's next turn."""

    span: Span


@node
class Invalid:
    """A stretch of text that is no expression; a diagnostic tells why."""

    span: Span


@node
class Comment:
    """`# text`, without the `#`; kept beside the tree for the formatter and the editor."""

    span: Span
    text: str
