"""The backend itself: HIR to Python's tree, with our places, to a CPython code object."""

from __future__ import annotations

import ast
import sys
from types import CodeType

from dtl.backends.bytecode import calls, control, operators, places, values
from dtl.backends.bytecode.calls import user_function
from dtl.backends.bytecode.code import Emitted
from dtl.backends.bytecode.emit import Emitter
from dtl.backends.bytecode.facts import makes_floats, uses_metadata
from dtl.backends.bytecode.places import put
from dtl.hir.nodes import Constant, Load, Sequence, Store, Unit
from dtl.hir.stop import ends
from dtl.source import Source

# The modules of the rules are named so that they are imported: they register themselves.
__all__ = ["calls", "control", "emit", "operators", "places", "python", "values"]

# The emitter calls itself for nested nodes; such calls do not use up the stack of the machine.
_PYTHON_CALLS = 100_000


def emit(unit: Unit, source: Source, *, counted: bool = False) -> Emitted:
    """Return the program as a code object (see `Backend`)."""
    tree, emitter = _emitted(unit, source, counted)
    code = compile(tree, source.name or "<dtl>", "exec", dont_inherit=True, optimize=0)
    functions = emitter.facts.functions
    places = {emitter.functions[id(f)]: f.source.name or "<import>" for f in functions if f.source != source}
    if places:
        code = _moved(code, places)
    bindings = emitter.bindings
    traits = uses_metadata(unit), makes_floats(unit)
    return Emitted(source, code, bindings.specs, bindings.values, bindings.functions, traits, unit)


def python(unit: Unit, source: Source) -> str:
    """Return the Python text that says what is emitted."""
    return ast.unparse(_emitted(unit, source, False)[0])


def _emitted(unit: Unit, source: Source, counted: bool) -> tuple[ast.Module, Emitter]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _PYTHON_CALLS))
    try:
        emitter = Emitter(unit, source, counted)
        return ast.Module(_module(emitter, unit), []), emitter
    finally:
        sys.setrecursionlimit(limit)


def _moved(code: CodeType, places: dict[str, str], file: str | None = None) -> CodeType:
    """Return code in which functions that were written in another file say so, by their Python names."""
    file = places.get(code.co_name, file)
    inner = tuple(_moved(part, places, file) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_consts=inner, co_filename=file or code.co_filename)


def _last(emitter: Emitter, body: Sequence) -> ast.expr:
    """Emit the program's body; nobody writes into the event after it, so that the value may be the event itself."""
    last = body.body[-1] if body.body else None
    root = emitter.facts.roots.get(last.place.root) if isinstance(last, Load | Store) and not last.place.path else None
    if root is None or not root.is_fixed:
        return emitter.value(body)
    for item in body.body[:-1]:
        emitter.step()
        emitter.effect(item)
    emitter.step()
    assert isinstance(last, Load | Store)
    if isinstance(last, Store):
        with emitter.at(last.span):
            put(emitter, last, is_fresh=not isinstance(last.value, Constant))
    return emitter.slot(last.place.root)


def _module(emitter: Emitter, unit: Unit) -> list[ast.stmt]:
    """Emit the program as a function, user functions in front of it or in it."""
    facts = emitter.facts
    taken: set[str] = set()
    for function in facts.functions:
        name = f"u_{function.name}"
        while name in taken:
            name += "_"
        taken.add(name)
        emitter.functions[id(function)] = name
    outer = [user_function(emitter, function) for function in facts.functions if id(function) not in facts.inner]
    scope = emitter.scope
    if emitter.counted:
        emitter.add(emitter.assign(emitter.target("step"), emitter.attribute(emitter.name("budget"), "step")))
    emitter.add(*(user_function(emitter, function) for function in facts.functions if id(function) in facts.inner))
    for slot in unit.slots:
        emitter.add(emitter.assign(emitter.target(emitter.variable(slot)), emitter.constant(None)))
    value = _last(emitter, unit.body)
    if not ends(unit.body):
        emitter.add(emitter.return_(emitter.result(scope, value)))
    program = emitter.function("program", ["event", "metadata", "context", "budget"], emitter.finished(scope))
    return [*outer, program]
