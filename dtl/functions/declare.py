"""The `@function` decorator: a Python function becomes a function of the language."""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Callable
from typing import Any, overload

from dtl.functions.context import Context
from dtl.functions.function import ABSENT, Effect, Function, Parameter, Result, Signature
from dtl.types.annotations import (
    FALLIBLE,
    FILE,
    QUERY,
    STATIC,
    STATIC_ITEMS,
    ClosureShape,
    enum_of,
    marks_of,
    offered_of,
    type_of,
)


@overload
def function(evaluate: Callable[..., Any], /) -> Function: ...


@overload
def function(
    *,
    effect: Effect = Effect.PURE,
    dialect: str = "vrl",
    intrinsic: bool = False,
    own_checks: tuple[str, ...] = (),
    evaluated_last: tuple[str, ...] = (),
    checked_at_once: tuple[str, ...] = (),
    checked_last: tuple[str, ...] = (),
    keeps: int = 0,
) -> Callable[[Callable[..., Any]], Function]: ...


def function(
    evaluate: Callable[..., Any] | None = None,
    /,
    *,
    effect: Effect = Effect.PURE,
    dialect: str = "vrl",
    intrinsic: bool = False,
    own_checks: tuple[str, ...] = (),
    evaluated_last: tuple[str, ...] = (),
    checked_at_once: tuple[str, ...] = (),
    checked_last: tuple[str, ...] = (),
    keeps: int = 0,
) -> Function | Callable[[Callable[..., Any]], Function]:
    """Declare a function of the language by its signature and docstring.

    The name is the Python function's (a trailing `_` is dropped, for `del_` and the like), the category its folder.
    A parameter `*, context: Context` is filled by the host and is no parameter of the language; one annotated
    with a ClosureShape is the closure.

    Args:
        evaluate: The meaning: takes checked (and prepared) values, raises FunctionError.
        effect: What a call depends on besides its arguments.
        dialect: "vrl" for functions that VRL has, "dtl" for ours.
        intrinsic: The compiler gives the call its meaning itself.
        own_checks: Parameters whose wrong kinds the evaluator words itself; it then receives any value.
        evaluated_last: Parameters whose arguments are evaluated after those of all others, in this order, as VRL does.
        checked_at_once: Parameters whose kinds are checked before the next argument is evaluated.
        checked_last: Parameters whose kinds are checked after those of all others, in this order, as VRL does.
        keeps: The kinds of which a value, as the first argument, is returned as it is: no call is needed then.
    """

    def declare(body: Callable[..., Any]) -> Function:
        return Function(
            body,
            signature_of,
            effect=effect,
            dialect=dialect,
            intrinsic=intrinsic,
            own_checks=frozenset(own_checks),
            evaluated_last=evaluated_last,
            checked_at_once=frozenset(checked_at_once),
            checked_last=checked_last,
            keeps=keeps,
        )

    return declare(evaluate) if evaluate is not None else declare


def signature_of(body: Callable[..., Any]) -> Signature:
    """Return what an evaluator's annotations say.

    Raises:
        TypeError: An annotation stands for no type, or the closure is not given by name.
    """
    hints = typing.get_type_hints(body, vars(sys.modules[body.__module__]), include_extras=True)
    parameters: list[Parameter] = []
    closure: ClosureShape | None = None
    takes_context = False
    for name, parameter in inspect.signature(body).parameters.items():
        hint = hints[name]
        shape = next((mark for mark in marks_of(hint) if isinstance(mark, ClosureShape)), None)
        if hint is Context:
            takes_context = True
        elif shape is not None:
            closure = shape
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
                raise TypeError(f"{body.__name__}: the closure is given by name; declare it after `*`")
        else:
            parameters.append(_parameter(name.rstrip("_"), hint, parameter.default))
    returns = hints["return"]
    result = Result(type_of(returns), FALLIBLE in marks_of(returns))
    return Signature(tuple(parameters), result, closure, takes_context)


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    marks = marks_of(hint)
    enum = enum_of(hint)
    required = default is inspect.Parameter.empty
    return Parameter(
        name=name,
        type=type_of(hint).plain,
        required=required,
        default=ABSENT if required else default,
        enum=enum,
        static=STATIC in marks,
        static_items=STATIC_ITEMS in marks,
        query=QUERY in marks,
        file=FILE in marks,
        offered=offered_of(hint),
    )
