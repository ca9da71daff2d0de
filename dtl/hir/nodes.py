"""The nodes of the HIR: few kinds, each with its type and what it may do.

Each class shows the source form it stands for and its meaning in a line each. `type` is sound: a backend may rely on
it (the checker's own types follow VRL, which is not sound everywhere; where the two differ the HIR says "any").
Nodes are never changed after they are built; a pass makes new ones with `dataclasses.replace`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from dtl.functions.function import Effect, Function
from dtl.source import Source, Span
from dtl.tree import node
from dtl.types.type import Type

#: The roots of a place that are not variables.
EVENT = "."
METADATA = "%"
#: How the slots begin that passes make to hold what was read of the event.
MERGED = "#"


@node
class Place:
    """Where a value lies: `root` is EVENT, METADATA or a variable's slot."""

    root: str
    path: tuple[str | int, ...] = ()

    @property
    def is_external(self) -> bool:
        """Tell whether this lies in the event or its metadata."""
        return self.root in (EVENT, METADATA)


@node
class Constant:
    """`42`: the value itself. `raw`: what a prepared argument was made from, so that it can be made again."""

    span: Span
    type: Type
    value: Any
    fallible: bool = False
    raw: Any = None


@node
class Load:
    """`.a.b`, `x`, `x.a[0]`: the value at a place, null when nothing is there."""

    span: Span
    type: Type
    place: Place
    fallible: bool = False


@node
class Access:
    """`f().a.b`: the value at a path into a value."""

    span: Span
    type: Type
    value: Hir
    path: tuple[str | int, ...]
    fallible: bool = False


@node
class MakeArray:
    """`[a, b]`: evaluate in order, make an array."""

    span: Span
    type: Type
    items: tuple[Hir, ...]
    fallible: bool = False


@node
class MakeObject:
    """`{ "k": a }`: evaluate in key order, make an object. Entries are sorted and unique."""

    span: Span
    type: Type
    entries: tuple[tuple[str, Hir], ...]
    fallible: bool = False


@node
class Operation:
    """`a + b`: evaluate both, apply the operator's meaning (values/operators.py)."""

    span: Span
    type: Type
    operator: str
    left: Hir
    right: Hir
    fallible: bool = False


@node
class Not:
    """`!a`: negate a boolean."""

    span: Span
    type: Type
    operand: Hir
    fallible: bool = False


@node
class And:
    """`a && b`: false if a is null or false, else both as booleans (spec 4.4)."""

    span: Span
    type: Type
    left: Hir
    right: Hir
    fallible: bool = False


@node
class Or:
    """`a || b`: a unless it is null or false, else b; whatever stops b becomes a failure (spec 4.4)."""

    span: Span
    type: Type
    left: Hir
    right: Hir
    fallible: bool = False


@node
class Recover:
    """`a ?? b`: a, or b when anything stops a. `error`: the slot that takes the message (try/catch).

    `is_try`: only failures are caught; `abort` and `return` go on.
    """

    span: Span
    type: Type
    left: Hir
    right: Hir
    error: str | None = None
    fallible: bool = False
    is_try: bool = False


@node
class Conditional:
    """`if a { b } else { c }`: null without an else."""

    span: Span
    type: Type
    test: Hir
    then: Hir
    otherwise: Hir | None
    fallible: bool = False


@node
class Sequence:
    """`{ a; b }`: evaluate all in order, give the last; null when empty."""

    span: Span
    type: Type
    body: tuple[Hir, ...]
    fallible: bool = False


@node
class Store:
    """`.a = b`: store at a place, give the value. `closed`: other values than those of `type` cannot come."""

    span: Span
    type: Type
    place: Place
    value: Hir
    fallible: bool = False


@node
class StoreResult:
    """`ok, err = a`: store the value and null, or the default and the message (spec 3.9); None discards."""

    span: Span
    type: Type
    ok: Place | None
    error: Place | None
    value: Hir
    default: Any
    fallible: bool = False


@node
class Closure:
    """`|k, v| { body }`: slots take the arguments (None discards one).

    `shadowed` pairs a parameter's slot with that of the outer variable of the same name: a failing body leaves
    the parameter's value in it, as VRL does (spec 6.4).
    """

    span: Span
    slots: tuple[str | None, ...]
    body: Hir
    shadowed: tuple[tuple[str, str], ...] = ()


@node
class Guard:
    """A run-time check of an argument's kind, made where the type leaves it open.

    It is made when all arguments are evaluated or, `at_once`, before the next one is.
    """

    index: int
    kinds: int
    at_once: bool = False


@node
class Call:
    """`f(a, b)`: evaluate the arguments in the order of `order`, check guards, call the evaluator.

    The order is that of the parameters unless the function has its own, whatever the order in the text. `arguments`
    are in parameter order, None where one is not given (the default stands). `prepared` holds the indexes whose
    Constant is already what the evaluator wants; other arguments with a preparation are prepared at each call.
    `place` is the byte span that a failure's message names. A call with the AI effect makes a request; without `asks`
    nobody answers it, and it gives null; with `once` its answer is the same for all records of a run.
    """

    span: Span
    type: Type
    function: Function
    arguments: tuple[Hir | None, ...]
    order: tuple[int, ...]
    guards: tuple[Guard, ...]
    prepared: frozenset[int]
    closure: Closure | None
    place: tuple[int, int]
    fallible: bool = False
    asks: bool = True
    once: bool = False

    @property
    def is_asking(self) -> bool:
        """Tell whether the call asks a model."""
        return self.asks and self.function.effect is Effect.AI


@node
class Together:
    """Calls with the AI effect whose requests are made in order and asked at once; then `then` is evaluated.

    What a call gives, or what stops it, is kept in its slot until a Taken wants it.
    """

    span: Span
    type: Type
    calls: tuple[Call, ...]
    slots: tuple[str, ...]
    then: Hir
    fallible: bool = False


@node
class Taken:
    """`f(a)` that was asked in a Together: what it gave, or its failure under this call's name and place."""

    span: Span
    type: Type
    slot: str
    name: str
    place: tuple[int, int]
    fallible: bool = True


@node
class RefArgument:
    """A `Query` argument: the root value and the path into it, handed over unread."""

    span: Span
    type: Type
    root: Hir
    path: tuple[str | int, ...]
    fallible: bool = False


@node
class Delete:
    """`del(.a, compact)`: take away what lies at a place, give it."""

    span: Span
    type: Type
    place: Place
    compact: Hir | None
    fallible: bool = False


@node
class Exists:
    """`exists(.a)`: tell whether something lies at a place. Over a computed value `value` is set."""

    span: Span
    type: Type
    place: Place
    value: Hir | None = None
    fallible: bool = False


@node
class Abort:
    """`abort "why"`: end the program, drop the record."""

    span: Span
    type: Type
    message: Hir | None
    fallible: bool = False


@node
class Return:
    """`return a`: end the program (a closure's turn, a user function's call) with a value.

    `forbidden`: inside a closure or argument where VRL makes it a run-time failure.
    """

    span: Span
    type: Type
    value: Hir
    fallible: bool = False


@node
class Throw:
    """`throw "why"`: fail with a message (dtl)."""

    span: Span
    type: Type
    message: Hir
    fallible: bool = True


@node
class Drop:
    """`deleted()`: end the program, drop the record without a failure (dtl)."""

    span: Span
    type: Type
    fallible: bool = False


@node
class KindTest:
    """A match arm's type pattern: whether a value is of one of these kinds (dtl)."""

    span: Span
    type: Type
    value: Hir
    kinds: int
    fallible: bool = False


@node
class Loop:
    """`for k, v in a { }`, `while a { }`: `items` None means `while test` (dtl)."""

    span: Span
    type: Type
    slots: tuple[str | None, str | None]
    items: Hir | None
    test: Hir | None
    body: Hir
    fallible: bool = False


@node
class LoopExit:
    """`break`, `continue` (dtl)."""

    span: Span
    type: Type
    is_break: bool
    fallible: bool = False


@node
class UserFunction:
    """`fn f(a, b) { }`: slots of the parameters, all slots, the body; its own variables (dtl).

    A `Return` in the body ends the call with its value. The body may call the function itself. `source` is the text
    that the body's spans point into, another than the program's when the function was imported.
    """

    name: str
    parameters: tuple[str, ...]
    slots: tuple[str, ...]
    body: Hir | None
    result: Type
    fallible: bool
    effects: frozenset[Effect]
    source: Source


@node
class Invoke:
    """`f(a, b)` of a user function: evaluate the arguments, run the body with fresh variables (dtl)."""

    span: Span
    type: Type
    function: UserFunction
    arguments: tuple[Hir, ...]
    guards: tuple[Guard, ...]
    place: tuple[int, int]
    fallible: bool = False


Hir: TypeAlias = (
    Constant
    | Load
    | Access
    | MakeArray
    | MakeObject
    | Operation
    | Not
    | And
    | Or
    | Recover
    | Conditional
    | Sequence
    | Store
    | StoreResult
    | Call
    | Together
    | Taken
    | RefArgument
    | Delete
    | Exists
    | Abort
    | Return
    | Throw
    | Drop
    | KindTest
    | Loop
    | LoopExit
    | Invoke
)


@node
class Unit:
    """A whole program: its body and the slots of its variables."""

    body: Sequence
    slots: tuple[str, ...]
    effects: frozenset[Effect]
