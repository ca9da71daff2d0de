"""Programs that ask models: generators that yield requests, and how they are run to their end.

A program yields a Request, or a tuple of them that may be answered together, and is sent the answer (a list of
answers or failures for a tuple) or thrown what there is instead. For a Common, which every record of a run asks
alike, it is sent the value that the answer is read as: whoever runs it may remember that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from dtl.ai.request import Request
from dtl.functions.context import Context
from dtl.values.errors import FunctionError, Stop

Asking = Generator[Any, Any, Any]


class Common(NamedTuple):
    """A question that is the same for all records of a run.

    Attributes:
        name: The same for the same question.
        request: The question.
    """

    name: str
    request: Request


class _Unanswered(BaseException):
    """Stops an evaluator whose closure waits for an answer; no evaluator may catch it."""


def ask(context: Context, request: Request) -> Any:
    """Return the answer to a request, asked of the run's models.

    Raises:
        FunctionError: There is none.
    """
    if context.ai is None:
        raise FunctionError("this run has no models to ask")
    return context.ai.ask(request)


def ask_all(context: Context, requests: tuple[Request, ...]) -> list[Any]:
    """Return the answers to requests, each a FunctionError where there is none."""
    if context.ai is None:
        return [FunctionError("this run has no models to ask") for _ in requests]
    answers: list[Any] = context.ai.ask_all(requests)
    return answers


def run_alone(program: Callable[..., Asking], event: Any, metadata: Any, context: Context, budget: Any) -> Any:
    """Run a program on one record, asking as it goes; return what it returns."""
    running = program(event, metadata, context, budget)
    try:
        wanted = next(running)
        while True:
            if type(wanted) is tuple:
                wanted = running.send(ask_all(context, wanted))
                continue
            try:
                if type(wanted) is Common:
                    answer = wanted.request.read(ask(context, wanted.request))
                else:
                    answer = ask(context, wanted)
            except FunctionError as reason:
                wanted = running.throw(reason)
            else:
                wanted = running.send(answer)
    except StopIteration as end:
        return end.value


def with_closure(evaluate: Callable[..., Any], arguments: tuple[Any, ...], closure: Callable[..., Asking]) -> Asking:
    """Run an evaluator whose closure asks models.

    The evaluator cannot wait, so it is run again from its start for each turn of the closure that had to: turns that
    came to their end are not run again but give what they gave. So what a turn does is done once, and in order.
    """
    ended: list[tuple[bool, Any]] = []
    begun: list[tuple[Asking, Any]] = []
    turn = 0

    def one_turn(*values: Any) -> Any:
        nonlocal turn
        turn += 1
        if turn > len(ended):
            _begin(closure(*values), ended, begun)
        is_value, result = ended[turn - 1]
        if is_value:
            return result
        raise result

    while True:
        turn = 0
        try:
            return evaluate(*arguments, closure=one_turn)
        except _Unanswered:
            running, wanted = begun.pop()
        try:
            ended.append((True, (yield from _finish(running, wanted))))
        except Stop as stop:
            ended.append((False, stop))


def _begin(running: Asking, ended: list[tuple[bool, Any]], begun: list[tuple[Asking, Any]]) -> None:
    """Run a turn until it ends or asks."""
    try:
        wanted = next(running)
    except StopIteration as end:
        ended.append((True, end.value))
    except Stop as stop:
        ended.append((False, stop))
    else:
        begun.append((running, wanted))
        raise _Unanswered


def _finish(running: Asking, wanted: Any) -> Asking:
    """Run a turn that has asked to its end."""
    try:
        while True:
            try:
                answer = yield wanted
            except FunctionError as reason:
                wanted = running.throw(reason)
            else:
                wanted = running.send(answer)
    except StopIteration as end:
        return end.value


def together(held: list[Any]) -> Asking:
    """Ask for the requests among some held values together; return them with values in place of requests.

    Args:
        held: Each a request, a value, or a Stop that ended its evaluation.
    """
    wanted = tuple(item for item in held if type(item) is Request)
    if not wanted:
        return held
    answers = iter((yield wanted))
    return [read(item, next(answers)) if type(item) is Request else item for item in held]


def once(name: str, evaluate: Callable[..., Any], arguments: tuple[Any, ...]) -> Asking:
    """Ask a question that is the same for all records of a run; return its value."""
    request = evaluate(*arguments)
    return (yield Common(name, request)) if type(request) is Request else request


def read(request: Request, answer: Any) -> Any:
    """Return the value of an answer, or the failure that stands in its place."""
    if isinstance(answer, FunctionError):
        return answer
    try:
        return request.read(answer)
    except Stop as stop:
        return stop


#: What emitted code that asks may name besides `dtl.backends.bytecode.runtime.NAMES`.
NAMES: dict[str, Any] = {"Request": Request, "once": once, "together": together, "with_closure": with_closure}
