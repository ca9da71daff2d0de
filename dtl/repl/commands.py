"""The REPL's commands: lines that begin with a colon."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dtl.backends import backend, interpreter
from dtl.backends.bytecode.backend import python
from dtl.diagnostics.codes import CODES
from dtl.hir.nodes import Invoke
from dtl.hir.show import show as show_hir
from dtl.ide.show import show_shape
from dtl.optimize import optimize
from dtl.reference.function_pages import function_page
from dtl.reference.signature import type_words
from dtl.repl.answer import Answer, Failure, Quit, Text, Value
from dtl.repl.session import Session
from dtl.values.decode import from_json

Command = Callable[[Session, str], list[Answer]]


def carry_out(session: Session, line: str) -> list[Answer]:
    """Carry out a line: a command, or a program."""
    text = line.strip()
    if not text:
        return []
    if not text.startswith(":"):
        return session.run(line)
    word, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(word)
    if command is None:
        return [Text(f"no command :{word}; :help lists them")]
    return command(session, rest.strip())


def _reason(error: Exception) -> str:
    """Return why a file cannot be used, without its name."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _help(session: Session, rest: str) -> list[Answer]:
    """list the commands"""
    return [Text("\n".join(f"  :{name:<8} {command.__doc__}" for name, command in COMMANDS.items()))]


def _quit(session: Session, rest: str) -> list[Answer]:
    """leave"""
    return [Quit()]


def _type(session: Session, rest: str) -> list[Answer]:
    """EXPR: show an expression's type and whether it can fail"""
    if not rest:
        return [Text("which expression? for example `:type .`")]
    unit, answers, _ = session.compile(rest)
    if unit is None or not unit.body.body:
        return answers
    last = unit.body.body[-1]
    fails = last.function.fallible or bool(last.guards) if isinstance(last, Invoke) else last.fallible
    # The fields of an object say more than that it is one.
    shape = show_shape(last.type)
    words = shape if "\n" in shape else type_words(last.type)
    return [*answers, Text(words + (" (can fail)" if fails else ""))]


def _hir(session: Session, rest: str) -> list[Answer]:
    """EXPR: show a program's typed tree"""
    unit, answers, _ = session.compile(rest)
    return answers if unit is None else [*answers, Text(show_hir(optimize(unit)))]


def _python(session: Session, rest: str) -> list[Answer]:
    """EXPR: show the Python code that a program becomes"""
    unit, answers, source = session.compile(rest)
    if unit is None:
        return answers
    return [*answers, Text(python(optimize(unit), source), "python")]


def _load(session: Session, rest: str) -> list[Answer]:
    """FILE: run a program from a file"""
    try:
        return session.run(Path(rest).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return [Text(f"cannot read {rest!r}: {_reason(error)}")]


def _save(session: Session, rest: str) -> list[Answer]:
    """FILE: write what ran so far as a program"""
    try:
        Path(rest).write_text("\n".join(session.history) + "\n", "utf-8")
    except OSError as error:
        return [Text(f"cannot write {rest!r}: {_reason(error)}")]
    return [Text(f"{len(session.history)} lines written to {rest}")]


def _event(session: Session, rest: str) -> list[Answer]:
    """[next|prev|FILE|JSON]: show the event, or take another"""
    if rest in ("next", "prev"):
        session.go_to(session.index + (1 if rest == "next" else -1))
    elif rest.startswith("{"):
        try:
            session.load_events([from_json(rest)])
        except ValueError as error:
            return [Text(f"not JSON: {error}")]
    elif rest:
        try:
            lines = Path(rest).read_bytes().splitlines()
            session.load_events([from_json(line) for line in lines if line.strip()])
        except (OSError, ValueError) as error:
            return [Text(f"cannot read events from {rest!r}: {_reason(error)}")]
    return [Text(f"event {session.index + 1} of {len(session.events)}"), Value(session.event)]


def _explain(session: Session, rest: str) -> list[Answer]:
    """CODE or FUNCTION: explain a diagnostic's code, or show a function's page"""
    digits = rest.upper().removeprefix("E")
    if digits.isdecimal() and (code := CODES.get(int(digits))) is not None:
        return [Text(f"{code.name}: {code.title}\n\n{code.explanation}")]
    function = session.functions.get(rest, session.dialect)
    if function is not None:
        return [Text(function_page(function), "markdown")]
    return [Text(f"neither a code nor a function: {rest!r}")]


def _time(session: Session, rest: str) -> list[Answer]:
    """EXPR: run a program many times and show how long once takes"""
    if not rest:
        return [Text("which program? for example `:time .a = 1`")]
    unit, answers, source = session.compile(rest)
    if unit is None:
        return answers
    variables = session.variables
    if variables:  # only the interpreter runs with variables that have values already
        interpreted = interpreter.emit(unit, source)
        run = partial(interpreted.run_in, context=session.context)
    code = None if variables else backend("bytecode").emit(optimize(unit), source)
    count, started = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - started) < 0.2:
        try:
            if code is None:
                run(dict(variables), dict(session.event), {})
            else:
                code(dict(session.event), {}, session.context)
        except Exception as error:  # whatever ends the program is what the user is to see
            return [*answers, Failure(str(error), source)]
        count += 1
    how = ", interpreted, as it may use variables" if variables else ""
    return [*answers, Text(f"{elapsed / count * 1e6:.2f} us a run ({count} runs{how})")]


def _variables(session: Session, rest: str) -> list[Answer]:
    """show the variables"""
    return [Value(dict(session.variables))]


def _reset(session: Session, rest: str) -> list[Answer]:
    """forget variables and changes of the event"""
    session.reset()
    return []


def _dialect(session: Session, rest: str) -> list[Answer]:
    """[dtl|vrl]: show or change the dialect"""
    if rest in ("dtl", "vrl"):
        session.dialect = rest
    return [Text(session.dialect)]


COMMANDS: dict[str, Command] = {
    "help": _help,
    "type": _type,
    "hir": _hir,
    "python": _python,
    "event": _event,
    "vars": _variables,
    "load": _load,
    "save": _save,
    "explain": _explain,
    "time": _time,
    "dialect": _dialect,
    "reset": _reset,
    "quit": _quit,
}
