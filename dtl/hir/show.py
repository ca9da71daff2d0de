"""The HIR as text, for people and for the cases of passes: close to the language, with what the checker added.

An argument that is checked when the program runs is written `.a as string`, one that is prepared `prepared "x"`,
and an expression that may stop early ends in `?`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.hir import nodes
from dtl.hir.nodes import Hir, Place, Unit, UserFunction
from dtl.hir.visit import body_of, walk
from dtl.types.show import show as show_type
from dtl.types.type import UNDEFINED, Type
from dtl.values.path import show_field
from dtl.values.value import display

_INDENT = "    "


def show(unit: Unit, *, types: bool = False) -> str:
    """Return a unit as text, user functions first.

    Args:
        unit: The program.
        types: Whether each statement is followed by its type.
    """
    writer = _Writer(types)
    for function in functions_of(unit):
        parameters = ", ".join(function.parameters)
        writer.line(f"fn {function.name}({parameters}) {{")
        assert function.body is not None
        writer.body(body_of(function))
        writer.line("}")
    writer.statements(unit.body.body)
    return "\n".join(writer.lines) + "\n"


def show_node(node: Hir) -> str:
    """Return a node as text."""
    return _Writer(False).text(node)


def functions_of(unit: Unit) -> list[UserFunction]:
    """Return the user functions that a unit calls, those that call each other too."""
    found: dict[int, UserFunction] = {}
    todo: list[Hir] = [unit.body]
    while todo:
        for node in walk(todo.pop()):
            if isinstance(node, nodes.Invoke) and id(node.function) not in found:
                found[id(node.function)] = node.function
                assert body_of(node.function) is not None
                todo.append(body_of(node.function))
    return list(found.values())


def show_place(place: Place | None) -> str:
    """Return a place as the language writes it."""
    if place is None:
        return "_"
    tail = _tail(place.path)
    if place.is_external:
        return place.root + tail.removeprefix(".")
    return place.root + tail


def _tail(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{show_field(step)}" for step in path)


class _Writer:
    """The lines written so far, and how deep they are indented."""

    def __init__(self, types: bool) -> None:
        self.types = types
        self.lines: list[str] = []
        self.depth = 0

    def line(self, text: str) -> None:
        self.lines.append(_INDENT * self.depth + text)

    def statements(self, items: tuple[Hir, ...]) -> None:
        for item in items:
            text = self.text(item)
            self.line(text + f"  # {show_type(item.type)}" if self.types else text)

    def body(self, node: Hir) -> None:
        self.depth += 1
        self.statements(node.body if isinstance(node, nodes.Sequence) else (node,))
        self.depth -= 1

    def text(self, node: Hir) -> str:
        text = _TEXTS[type(node)](self, node)
        return text + "?" if node.fallible and isinstance(node, _MARKED) else text

    def block(self, node: Hir) -> str:
        """Return a node in braces, on lines of its own."""
        inner = _Writer(self.types)
        inner.depth = self.depth
        inner.body(node)
        return "{\n" + "\n".join(inner.lines) + "\n" + _INDENT * self.depth + "}"

    # --- nodes ------------------------------------------------------------------------------------

    def constant(self, node: nodes.Constant) -> str:
        return display(node.value) if _is_value(node.value) else "..."

    def load(self, node: nodes.Load) -> str:
        return show_place(node.place)

    def access(self, node: nodes.Access) -> str:
        return f"({self.text(node.value)}){_tail(node.path)}"

    def array(self, node: nodes.MakeArray) -> str:
        return "[" + ", ".join(map(self.text, node.items)) + "]"

    def object(self, node: nodes.MakeObject) -> str:
        return "{ " + ", ".join(f"{display(key)}: {self.text(item)}" for key, item in node.entries) + " }"

    def operation(self, node: nodes.Operation) -> str:
        return f"({self.text(node.left)} {node.operator} {self.text(node.right)})"

    def negation(self, node: nodes.Not) -> str:
        return f"!{self.text(node.operand)}"

    def conjunction(self, node: nodes.And) -> str:
        return f"({self.text(node.left)} && {self.text(node.right)})"

    def disjunction(self, node: nodes.Or) -> str:
        return f"({self.text(node.left)} || {self.text(node.right)})"

    def recovery(self, node: nodes.Recover) -> str:
        error = "" if node.error is None else f"|{node.error}| "
        word = "catch" if node.is_try else "??"
        return f"({self.text(node.left)} {word} {error}{self.text(node.right)})"

    def conditional(self, node: nodes.Conditional) -> str:
        text = f"if {self.text(node.test)} {self.block(node.then)}"
        return text if node.otherwise is None else f"{text} else {self.block(node.otherwise)}"

    def sequence(self, node: nodes.Sequence) -> str:
        return self.block(node) if node.body else "{ null }"

    def store(self, node: nodes.Store) -> str:
        return f"{show_place(node.place)} = {self.text(node.value)}"

    def store_result(self, node: nodes.StoreResult) -> str:
        targets = f"{show_place(node.ok)}, {show_place(node.error)}"
        return f"{targets} = {self.text(node.value)} else {display(node.default)}"

    def together(self, node: nodes.Together) -> str:
        calls = [f"{slot} = {self.text(call)}" for slot, call in zip(node.slots, node.calls, strict=True)]
        return f"ask {' and '.join(calls)}\n{self.text(node.then)}"

    def taken(self, node: nodes.Taken) -> str:
        return f"answer of {node.slot}"

    def call(self, node: nodes.Call) -> str:
        kinds = {guard.index: guard.kinds for guard in node.guards}
        given = []
        for index in node.order:
            argument = node.arguments[index]
            if argument is None:
                continue
            text = self.text(argument)
            if index in node.prepared:
                text = f"prepared {display(argument.raw)}" if isinstance(argument, nodes.Constant) else text
            if index in kinds:
                text += f" as {show_type(Type(kinds[index] & ~UNDEFINED))}"
            given.append(f"{node.function.parameters[index].name}: {text}")
        text = f"{node.function.name}({', '.join(given)})"
        if node.closure is not None:
            slots = ", ".join(slot or "_" for slot in node.closure.slots)
            text += f" -> |{slots}| {self.block(node.closure.body)}"
        if node.once:
            return f"once {text}"
        return text if node.asks else f"unasked {text}"

    def reference(self, node: nodes.RefArgument) -> str:
        return f"path {self.text(node.root)}{_tail(node.path)}"

    def delete(self, node: nodes.Delete) -> str:
        compact = "" if node.compact is None else f", {self.text(node.compact)}"
        return f"del({show_place(node.place)}{compact})"

    def existence(self, node: nodes.Exists) -> str:
        if node.value is not None:
            return f"exists(({self.text(node.value)}){_tail(node.place.path)})"
        return f"exists({show_place(node.place)})"

    def abort(self, node: nodes.Abort) -> str:
        return "abort" if node.message is None else f"abort {self.text(node.message)}"

    def return_(self, node: nodes.Return) -> str:
        return f"return {self.text(node.value)}"

    def throw(self, node: nodes.Throw) -> str:
        return f"throw {self.text(node.message)}"

    def drop(self, node: nodes.Drop) -> str:
        return "deleted()"

    def kind_test(self, node: nodes.KindTest) -> str:
        return f"({self.text(node.value)} is {show_type(Type(node.kinds))})"

    def loop(self, node: nodes.Loop) -> str:
        if node.items is None:
            test = "true" if node.test is None else self.text(node.test)
            return f"while {test} {self.block(node.body)}"
        slots = ", ".join(slot or "_" for slot in node.slots)
        return f"for {slots} in {self.text(node.items)} {self.block(node.body)}"

    def loop_exit(self, node: nodes.LoopExit) -> str:
        return "break" if node.is_break else "continue"

    def invoke(self, node: nodes.Invoke) -> str:
        kinds = {guard.index: guard.kinds for guard in node.guards}
        given = []
        for index, argument in enumerate(node.arguments):
            text = self.text(argument)
            given.append(f"{text} as {show_type(Type(kinds[index]))}" if index in kinds else text)
        return f"{node.function.name}({', '.join(given)})"


#: Nodes that can stop by themselves; those around them only pass it on.
_MARKED = (nodes.Call, nodes.Operation, nodes.Invoke, nodes.Delete)

_TEXTS: dict[type, Callable[[_Writer, Any], str]] = {
    nodes.Constant: _Writer.constant,
    nodes.Load: _Writer.load,
    nodes.Access: _Writer.access,
    nodes.MakeArray: _Writer.array,
    nodes.MakeObject: _Writer.object,
    nodes.Operation: _Writer.operation,
    nodes.Not: _Writer.negation,
    nodes.And: _Writer.conjunction,
    nodes.Or: _Writer.disjunction,
    nodes.Recover: _Writer.recovery,
    nodes.Conditional: _Writer.conditional,
    nodes.Sequence: _Writer.sequence,
    nodes.Store: _Writer.store,
    nodes.StoreResult: _Writer.store_result,
    nodes.Call: _Writer.call,
    nodes.Together: _Writer.together,
    nodes.Taken: _Writer.taken,
    nodes.RefArgument: _Writer.reference,
    nodes.Delete: _Writer.delete,
    nodes.Exists: _Writer.existence,
    nodes.Abort: _Writer.abort,
    nodes.Return: _Writer.return_,
    nodes.Throw: _Writer.throw,
    nodes.Drop: _Writer.drop,
    nodes.KindTest: _Writer.kind_test,
    nodes.Loop: _Writer.loop,
    nodes.LoopExit: _Writer.loop_exit,
    nodes.Invoke: _Writer.invoke,
}


def _is_value(value: Any) -> bool:
    try:
        display(value)
    except TypeError:
        return False
    return True
