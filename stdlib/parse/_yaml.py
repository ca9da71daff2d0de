"""YAML as values: what libyaml's parser finds, with the limits and the error texts of the reference's reader."""

from __future__ import annotations

from typing import Any

from dtl.values.value import Value

from .._optional import optional
from ._yaml_value import DEEPEST, Builder, InvalidYaml, place

__all__ = ["InvalidYaml", "read_yaml"]

# The parser takes ever longer for each further level, so it is stopped at this one.
_ENDLESS = 1_000


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
        value, _ = Builder(yaml, events, anchors).value(0, (), DEEPEST)
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
    class Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):  # type: ignore[misc]
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
    open_containers: list[Any] = []
    while not isinstance(event := parser.get_event(), yaml.DocumentEndEvent):
        if isinstance(event, yaml.CollectionStartEvent):
            open_containers.append(event)
            if len(open_containers) > _ENDLESS:
                raise InvalidYaml("recursion limit exceeded" + place(open_containers[DEEPEST].start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            open_containers.pop()
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in names:
                raise InvalidYaml("unknown anchor" + place(event.start_mark))
            aliases[len(events)] = names[event.anchor]
        elif getattr(event, "anchor", None) is not None:
            names[event.anchor] = len(events)
        events.append(event)
    return events, aliases


def _describe(problem: Any) -> str:
    """Word an error of the parser as the reference does."""
    mark = getattr(problem, "problem_mark", None)
    if mark is None:
        return f"{problem.reason} at position {problem.position}" if problem.position else str(problem.reason)
    text = problem.problem.replace("hexdecimal", "hexadecimal") + place(mark)
    if problem.context:
        text += ", " + problem.context
        context = problem.context_mark
        if context is not None and (context.line, context.column) != (mark.line, mark.column):
            text += place(context)
    return str(text)
