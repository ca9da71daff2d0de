"""The syntax tree: the source's shape with spans, without meaning; `leaves` holds its smallest nodes."""

from __future__ import annotations

from typing import TypeAlias

from dtl.source import Span
from dtl.syntax.leaves import (
    Boolean,
    Break,
    Comment,
    Continue,
    Discard,
    Event,
    Field,
    Float,
    Index,
    Integer,
    Invalid,
    Metadata,
    Name,
    NamePattern,
    Null,
    RawString,
    Regex,
    Segment,
    String,
    Timestamp,
    TypePattern,
    Variable,
    WildcardPattern,
)
from dtl.tree import node

# What other modules find here though it is made in `leaves`.
__all__ = [
    "Boolean",
    "Break",
    "Comment",
    "Continue",
    "Discard",
    "Event",
    "Field",
    "Float",
    "Index",
    "Integer",
    "Invalid",
    "Metadata",
    "Name",
    "NamePattern",
    "Null",
    "RawString",
    "Regex",
    "Segment",
    "String",
    "Timestamp",
    "TypePattern",
    "Variable",
    "WildcardPattern",
]

# --- literals -----------------------------------------------------------------------------------


@node
class Template:
    """`"text {{ name }}"`: pieces of decoded text and variables (in dtl paths too), in order; never just one text."""

    span: Span
    parts: tuple[String | Variable | Query, ...]


# --- names, paths -------------------------------------------------------------------------------


@node
class Query:
    """`.a.b[0]`, `%a`, `x.a`, `f().a`, `{ block }.a`: a path into a root; `.` alone has no segments."""

    span: Span
    target: Event | Metadata | Variable | Call | MethodCall | Array | Object | Block | Group
    path: tuple[Segment, ...]


# --- containers ---------------------------------------------------------------------------------


@node
class Group:
    """`(expr)`."""

    span: Span
    inner: Expression


@node
class Block:
    """`{ expr; expr }`: one expression at least."""

    span: Span
    body: tuple[Expression, ...]


@node
class Array:
    """`[expr, expr]`."""

    span: Span
    items: tuple[Expression, ...]


@node
class Entry:
    """`"key": expr` in an object."""

    span: Span
    key: String
    value: Expression


@node
class Object:
    """`{ "key": expr }`; entries as written, duplicates included."""

    span: Span
    entries: tuple[Entry, ...]


# --- operators ----------------------------------------------------------------------------------


@node
class Unary:
    """`!expr` and, in dtl, `-expr`."""

    span: Span
    operator: Name
    operand: Expression


@node
class Binary:
    """`left operator right`, also `&&`, `||` and `??`."""

    span: Span
    operator: Name
    left: Expression
    right: Expression


# --- calls --------------------------------------------------------------------------------------


@node
class Argument:
    """`value` or `name: value`."""

    span: Span
    name: Name | None
    value: Expression


@node
class Closure:
    """`-> |a, b| { body }` or, in dtl, `a -> expr` and `(a, b) -> expr` as the last argument.

    A parameter named `_` is discarded. An expression body is a `Block` of that one expression.
    `parameters_span` covers the parameters with their bars.
    """

    span: Span
    parameters: tuple[Name, ...]
    parameters_span: Span
    body: Block
    is_lambda: bool = False


@node
class Call:
    """`name(arguments)`, `name!(arguments)`; `bang` is the place of the `!`.

    The span runs to the `)` or, with a closure, to its end; `arguments_end` is just past the `)`.
    """

    span: Span
    name: Name
    bang: Span | None
    arguments: tuple[Argument, ...]
    closure: Closure | None
    arguments_end: int


@node
class MethodCall:
    """`receiver.name(arguments)` (dtl): the call with the receiver as first argument."""

    span: Span
    receiver: Expression
    name: Name
    bang: Span | None
    arguments: tuple[Argument, ...]
    closure: Closure | None
    arguments_end: int


# --- statements and control ---------------------------------------------------------------------


Target: TypeAlias = Discard | Variable | Query


@node
class Assign:
    """`target = expr` or `target |= expr`."""

    span: Span
    target: Target
    operator: Name
    value: Expression


@node
class AssignResult:
    """`ok, err = expr`."""

    span: Span
    ok: Target
    error: Target
    operator: Name
    value: Expression


@node
class Branch:
    """`if predicate { body }`: a predicate in parentheses may hold several expressions."""

    span: Span
    predicate: tuple[Expression, ...]
    predicate_span: Span
    body: Block


@node
class If:
    """`if a { } else if b { } else { }`."""

    span: Span
    branches: tuple[Branch, ...]
    otherwise: Block | None


@node
class Abort:
    """`abort`, `abort expr`."""

    span: Span
    message: Expression | None


@node
class Return:
    """`return expr`; `keyword` is the word itself."""

    span: Span
    keyword: Span
    value: Expression


# --- dtl only -----------------------------------------------------------------------------------


@node
class Filter:
    """A final `if condition` without a block: keep the record only if it holds."""

    span: Span
    condition: Expression


@node
class LiteralPattern:
    """`"a"`, `1`, `null`, `r'..'`: equal to the value; a regex matches the text."""

    span: Span
    value: Expression


@node
class RangePattern:
    """`1..5` (without the end) or `1..=5`; a missing bound is open."""

    span: Span
    low: Expression | None
    high: Expression | None
    inclusive: bool


@node
class AlternativePattern:
    """`a | b`."""

    span: Span
    options: tuple[Pattern, ...]


Pattern: TypeAlias = LiteralPattern | RangePattern | TypePattern | NamePattern | WildcardPattern | AlternativePattern


@node
class Arm:
    """`pattern if guard => expr`."""

    span: Span
    pattern: Pattern
    guard: Expression | None
    body: Expression


@node
class Match:
    """`match subject { pattern => expr, ... }`."""

    span: Span
    subject: Expression
    arms: tuple[Arm, ...]


@node
class Try:
    """`try { body } catch name { handler }`; the name may be left out."""

    span: Span
    body: Block
    error: Name | None
    handler: Block


@node
class Throw:
    """`throw expr`: fail with a message."""

    span: Span
    message: Expression


@node
class Parameter:
    """`name: type = default` of a user function."""

    span: Span
    name: Name
    type: Name | None
    default: Expression | None


@node
class Function:
    """`fn name(parameters) -> type { body }`."""

    span: Span
    name: Name
    parameters: tuple[Parameter, ...]
    result: Name | None
    body: Block


@node
class Import:
    """`import "file.dtl"`, `import { a, b as c } from "file.dtl"`: `names` empty means all of its functions.

    `names` pairs the function's name there with its name here.
    """

    span: Span
    names: tuple[tuple[Name, Name], ...]
    path: String


@node
class For:
    """`for item in expr { }`, `for key, item in expr { }`."""

    span: Span
    parameters: tuple[Name, ...]
    iterable: Expression
    body: Block


@node
class While:
    """`while condition { }`; bounded by the step limit."""

    span: Span
    condition: Expression
    body: Block


Expression: TypeAlias = (
    String
    | RawString
    | Template
    | Integer
    | Float
    | Boolean
    | Null
    | Regex
    | Timestamp
    | Variable
    | Query
    | Group
    | Block
    | Array
    | Object
    | Unary
    | Binary
    | Call
    | MethodCall
    | Assign
    | AssignResult
    | If
    | Abort
    | Return
    | Filter
    | Match
    | Try
    | Throw
    | Function
    | Import
    | For
    | While
    | Break
    | Continue
    | Invalid
)


@node
class Program:
    """A whole text: its root expressions in order, and its comments."""

    span: Span
    body: tuple[Expression, ...]
    comments: tuple[Comment, ...]
