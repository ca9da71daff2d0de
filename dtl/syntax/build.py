"""What the grammar's rules make: nodes from tokens and smaller nodes.

Every function here is the `-> name` of a rule in grammar/dtl.lark and takes the values of its symbols: a token for
a terminal, else what another function made.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from dtl.pattern import pattern
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.literals import BadEscape, DottedText, Piece, field_name, pieces, text_of, unescape
from dtl.syntax.tokens import Token

Value: TypeAlias = Any
Expression: TypeAlias = nodes.Expression
Passed: TypeAlias = tuple[tuple[nodes.Argument, ...], nodes.Closure | None, int]  # and the end of the parentheses

_NAME = "[A-Za-z_@][A-Za-z0-9_@]*"
_STEP = rf"\.{_NAME}|\[-?[0-9]{{1,18}}\]"
_DOTTED = pattern(rf"[.%](?:{_NAME}(?:{_STEP})*)?|{_NAME}(?:{_STEP})+")
_SEGMENT = pattern(r"\.?([A-Za-z_@][A-Za-z0-9_@]*)|\[(-?[0-9]+)\]")


def span_of(token: Token) -> Span:
    """Return a token's span."""
    return Span(token[1], token[2])


# --- lists and what carries no value ------------------------------------------------------------


def nothing(*_: Value) -> None:
    """Return no value, for separators."""


def first(value: Value, *_: Value) -> list[Value]:
    """Begin a list."""
    return [value]


def append(values: list[Value], value: Value, *_: Value) -> list[Value]:
    """Add to a list."""
    values.append(value)
    return values


def second(_: Value, value: Value) -> Value:
    """Return the second value."""
    return value


def third(values: list[Value], _: Value, value: Value) -> list[Value]:
    """Add to a list, after a separator."""
    values.append(value)
    return values


def same(value: Value) -> Value:
    """Pass a value on."""
    return value


def program(_: None, roots: list[Value] | None = None, *__: Value) -> list[Value]:
    """Return the root expressions."""
    return roots or []


root = first
next_root = third


def invalid(token: Token) -> nodes.Invalid:
    """Stand in for what could not be parsed."""
    return nodes.Invalid(span_of(token))


# --- literals -----------------------------------------------------------------------------------


def string(token: Token) -> nodes.String | nodes.Template:
    """Make a string, or a template if it names variables."""
    _, start, end, raw = token
    assert isinstance(raw, str)
    span = Span(start, end)
    try:
        if "{{" not in raw:
            return nodes.String(span, text_of(raw, start + 1) if "\\" in raw else raw)
        found = pieces(raw, start + 1)
    except BadEscape:  # the lexer has reported it
        return nodes.String(span, raw)
    make = _dotted_part if isinstance(raw, DottedText) else _part
    parts = tuple(map(make, found))
    if all(isinstance(part, nodes.String) for part in parts):
        return nodes.String(span, "".join(part.value for part in parts if isinstance(part, nodes.String)))
    return nodes.Template(span, parts)


def _part(piece: Piece) -> nodes.String | nodes.Variable:
    """Make a part of a template."""
    span = Span(piece.start, piece.end)
    return nodes.Variable(span, piece.text) if piece.is_variable else nodes.String(span, piece.text)


def _dotted_part(piece: Piece) -> nodes.String | nodes.Variable | nodes.Query:
    """Make a part of a template that may hold paths."""
    if not piece.is_variable or not _DOTTED.fullmatch(piece.text):
        return _part(piece)
    start = piece.start + piece.inner
    return path((0, start, start + len(piece.text), piece.text))


def raw_string(token: Token) -> nodes.RawString:
    """Make a raw string."""
    return nodes.RawString(Span(token[1], token[2]), str(token[3]))


def integer(token: Token) -> nodes.Integer:
    """Make an integer."""
    return nodes.Integer(Span(token[1], token[2]), token[3])  # type: ignore[arg-type]


def float_(token: Token) -> nodes.Float:
    """Make a float."""
    return nodes.Float(Span(token[1], token[2]), token[3])  # type: ignore[arg-type]


def true(token: Token) -> nodes.Boolean:
    """Make `true`."""
    return nodes.Boolean(Span(token[1], token[2]), True)


def false(token: Token) -> nodes.Boolean:
    """Make `false`."""
    return nodes.Boolean(Span(token[1], token[2]), False)


def null(token: Token) -> nodes.Null:
    """Make `null`."""
    return nodes.Null(Span(token[1], token[2]))


def regex(token: Token) -> nodes.Regex:
    """Make a regex."""
    return nodes.Regex(Span(token[1], token[2]), str(token[3]))


def timestamp(token: Token) -> nodes.Timestamp:
    """Make a timestamp."""
    return nodes.Timestamp(Span(token[1], token[2]), str(token[3]))


# --- names and paths ----------------------------------------------------------------------------


def variable(token: Token) -> nodes.Variable:
    """Make a variable."""
    return nodes.Variable(Span(token[1], token[2]), token[3])  # type: ignore[arg-type]


def name(token: Token) -> nodes.Name:
    """Make a name."""
    return nodes.Name(Span(token[1], token[2]), token[3])  # type: ignore[arg-type]


def discard(token: Token) -> nodes.Discard:
    """Make `_`."""
    return nodes.Discard(span_of(token))


def event(token: Token) -> nodes.Event:
    """Make the event's root."""
    return nodes.Event(span_of(token))


def metadata(token: Token) -> nodes.Metadata:
    """Make the metadata's root."""
    return nodes.Metadata(span_of(token))


def event_root(_: Token, dot: Token, __: Token) -> nodes.Query:
    """Make the path `.`."""
    return nodes.Query(span_of(dot), event(dot), ())


def metadata_root(_: Token, percent: Token, __: Token) -> nodes.Query:
    """Make the path `%`."""
    return nodes.Query(span_of(percent), metadata(percent), ())


def path(token: Token) -> nodes.Query:
    """Make a path that the lexer has found in one piece."""
    _, start, end, text = token
    assert isinstance(text, str)
    mark = text[0]
    target: nodes.Event | nodes.Metadata | nodes.Variable
    if mark == ".":
        target, at = nodes.Event(Span(start, start + 1)), 0
    elif mark == "%":
        target, at = nodes.Metadata(Span(start, start + 1)), 1
    else:
        found = _SEGMENT.match(text)
        assert found is not None
        at = found.end()
        target = nodes.Variable(Span(start, start + at), found.group())
    segments: list[nodes.Segment] = []
    for found in _SEGMENT.finditer(text, at):
        word = found.group(1)
        if word is not None:
            segments.append(nodes.Field(Span(start + found.start(1), start + found.end()), word))
        else:
            segments.append(nodes.Index(Span(start + found.start(), start + found.end()), int(found.group(2))))
    return nodes.Query(Span(start, end), target, tuple(segments))


def query(opening: Token, target: Value, segments: list[Value], closing: Token) -> Expression:
    """Make a path, or the calls of methods along it."""
    start = opening[1]
    path: list[nodes.Segment] = []
    for segment in segments:
        if not isinstance(segment, nodes.Call):
            path.append(segment)
            continue
        receiver = target
        if path or isinstance(target, nodes.Event | nodes.Metadata):
            receiver = nodes.Query(Span(start, (path[-1] if path else target).span.end), target, tuple(path))
        span = Span(start, segment.span.end)
        target = nodes.MethodCall(
            span, receiver, segment.name, segment.bang, segment.arguments, segment.closure, segment.arguments_end
        )
        path = []
    if path or not isinstance(target, nodes.MethodCall):
        return nodes.Query(Span(start, path[-1].span.end), target, tuple(path))
    return target


def query_closure(
    opening: Token, target: Value, segments: list[Value], closing: Token, closure: nodes.Closure
) -> Expression:
    """Make the calls of methods along a path, the last of them with a closure."""
    call = query(opening, target, segments, closing)
    assert isinstance(call, nodes.MethodCall)  # the lexer has seen to it
    span = Span(call.span.start, closure.span.end)
    return nodes.MethodCall(span, call.receiver, call.name, call.bang, call.arguments, closure, call.arguments_end)


def field(token: Token) -> nodes.Field:
    """Make a path segment of a word."""
    return nodes.Field(span_of(token), token[3])  # type: ignore[arg-type]


def quoted_field(token: Token) -> nodes.Field:
    """Make a path segment of a quoted name."""
    _, start, end, raw = token
    try:
        return nodes.Field(Span(start, end), field_name(str(raw), start + 1))
    except BadEscape:  # the lexer has reported it
        return nodes.Field(Span(start, end), str(raw))


def index(opening: Token, token: Token, closing: Token) -> nodes.Index:
    """Make a path segment of an index."""
    return nodes.Index(Span(opening[1], closing[2]), token[3])  # type: ignore[arg-type]


# --- containers ---------------------------------------------------------------------------------


def group(opening: Token, inner: Expression, closing: Token) -> nodes.Group:
    """Make a parenthesised expression."""
    return nodes.Group(Span(opening[1], closing[2]), inner)


def block(opening: Token, _: None, body: list[Expression], *closing: Value) -> nodes.Block:
    """Make a block."""
    return nodes.Block(Span(opening[1], closing[-1][2]), tuple(body))


def array_empty(opening: Token, _: None, closing: Token) -> nodes.Array:
    """Make `[]`."""
    return nodes.Array(Span(opening[1], closing[2]), ())


def array(opening: Token, _: None, items: list[Expression], closing: Token) -> nodes.Array:
    """Make an array."""
    return nodes.Array(Span(opening[1], closing[2]), tuple(items))


def object_empty(opening: Token, _: None, closing: Token) -> nodes.Object:
    """Make `{}`."""
    return nodes.Object(Span(opening[1], closing[2]), ())


def object(opening: Token, _: None, entries: list[nodes.Entry], closing: Token) -> nodes.Object:
    """Make an object."""
    return nodes.Object(Span(opening[1], closing[2]), tuple(entries))


def entry(key: Token, _: Token, value: Expression) -> nodes.Entry:
    """Make an entry of an object; its key knows no templates."""
    start, end, raw = key[1:]
    try:
        text = unescape(str(raw), start + 1)
    except BadEscape:  # the lexer has reported it
        text = str(raw)
    return nodes.Entry(Span(start, value.span.end), nodes.String(Span(start, end), text), value)


# --- operators ----------------------------------------------------------------------------------


def unary(operator: Token, operand: Expression) -> nodes.Unary:
    """Make a prefix operator's expression."""
    return nodes.Unary(Span(operator[1], operand.span[1]), name(operator), operand)


def binary(left: Expression, operator: Token, _: None, right: Expression) -> nodes.Binary:
    """Make a binary operator's expression."""
    return nodes.Binary(Span(left.span[0], right.span[1]), name(operator), left, right)


# --- calls --------------------------------------------------------------------------------------


def argument(value: Expression) -> nodes.Argument:
    """Make a positional argument."""
    return nodes.Argument(value.span, None, value)


def named_argument(word: Token, _: Token, value: Expression) -> nodes.Argument:
    """Make a named argument."""
    return nodes.Argument(Span(word[1], value.span[1]), name(word), value)


def passed_none(_: Token, __: None, closing: Token) -> Passed:
    """Pass no argument."""
    return (), None, closing[2]


def passed(_: Token, __: None, arguments: list[nodes.Argument], closing: Token) -> Passed:
    """Pass arguments."""
    return tuple(arguments), None, closing[2]


def passed_lambda(_: Token, __: None, closure: nodes.Closure, closing: Token) -> Passed:
    """Pass a lambda alone."""
    return (), closure, closing[2]


def passed_with_lambda(
    _: Token, __: None, arguments: list[nodes.Argument], closure: nodes.Closure, closing: Token
) -> Passed:
    """Pass arguments and a lambda."""
    return tuple(arguments), closure, closing[2]


def called(word: Token, passed: Passed) -> nodes.Call:
    """Make a call; that of a method is not yet tied to its receiver."""
    return nodes.Call(Span(word[1], passed[2]), name(word), None, *passed)


def called_bang(word: Token, bang: Token, passed: Passed) -> nodes.Call:
    """Make an aborting call."""
    return nodes.Call(Span(word[1], passed[2]), name(word), span_of(bang), *passed)


def call_closure(call: nodes.Call, closure: nodes.Closure) -> nodes.Call:
    """Make a call with a closure."""
    span = Span(call.span.start, closure.span.end)
    return nodes.Call(span, call.name, call.bang, call.arguments, closure, call.arguments_end)


def closure_none(arrow: Token, bars: Token, _: None, body: nodes.Block) -> nodes.Closure:
    """Make a closure with `||`."""
    return nodes.Closure(Span(arrow[1], body.span.end), (), span_of(bars), body)


def closure_empty(arrow: Token, left: Token, right: Token, _: None, body: nodes.Block) -> nodes.Closure:
    """Make a closure with `| |`."""
    return nodes.Closure(Span(arrow[1], body.span.end), (), Span(left[1], right[2]), body)


def closure(
    arrow: Token, left: Token, parameters: list[nodes.Name], right: Token, _: None, body: nodes.Block
) -> nodes.Closure:
    """Make a closure with parameters."""
    return nodes.Closure(Span(arrow[1], body.span.end), tuple(parameters), Span(left[1], right[2]), body)
