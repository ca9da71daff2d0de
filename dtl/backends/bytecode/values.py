"""Emission of values: constants, reads, literals."""

from __future__ import annotations

import ast
from typing import Any

from dtl.backends.bytecode.binding import to_data
from dtl.backends.bytecode.emit import Emitter, emits
from dtl.hir import nodes
from dtl.types.type import ARRAY, BOOLEAN, FLOAT, INTEGER, NULL, OBJECT, REGEX, STRING, TIMESTAMP, UNDEFINED
from dtl.values.value import Value

# Containers of more values than this are made once, smaller ones anew each time, so that no two records share them.
_LARGEST_DISPLAY = 24
# Longer paths are walked by a function.
_LONGEST_INLINE = 4

#: The Python class of each kind, as emitted code names it.
CLASS_NAMES = {
    STRING: "str",
    INTEGER: "int",
    FLOAT: "float",
    TIMESTAMP: "Timestamp",
    REGEX: "Regex",
    ARRAY: "list",
    OBJECT: "dict",
}


@emits(nodes.Constant)
def constant(emitter: Emitter, node: nodes.Constant) -> ast.expr:
    return value_of(emitter, node.value)


def value_of(emitter: Emitter, value: Value) -> ast.expr:
    """Return the expression for a constant value."""
    if isinstance(value, list | dict) and _count(value) <= _LARGEST_DISPLAY:
        return _display(emitter, value)
    if value is None or type(value) in (bool, int, float, str):
        return emitter.constant(value)
    return emitter.bound("c", ("constant", to_data(value)), value)


def _display(emitter: Emitter, value: Value) -> ast.expr:
    if isinstance(value, list):
        return emitter.make_list([_display(emitter, item) for item in value])
    if isinstance(value, dict):
        keys = [emitter.constant(key) for key in value]
        return emitter.make_dict(keys, [_display(emitter, item) for item in value.values()])
    return value_of(emitter, value)


def _count(value: Any) -> int:
    """Return how many values there are in a value, as far as that matters."""
    if not isinstance(value, list | dict):
        return 1
    count = 1
    for item in value if isinstance(value, list) else value.values():
        count += _count(item)
        if count > _LARGEST_DISPLAY:
            break
    return count


@emits(nodes.Load)
def load(emitter: Emitter, node: nodes.Load) -> ast.expr:
    root, path = node.place.root, node.place.path
    here = emitter.slot(root)
    fixed = emitter.facts.roots.get(root)
    if fixed is None or not fixed.is_fixed:
        return walk(emitter, here, path)
    if not path:
        # The run goes on writing into its object: whoever reads it whole gets a copy.
        return here if id(node) in emitter.lent else emitter.method(here, "copy")
    if type(path[0]) is int:
        return emitter.constant(None)
    return walk(emitter, emitter.method(here, "get", emitter.constant(path[0])), path[1:])


@emits(nodes.Access)
def access(emitter: Emitter, node: nodes.Access) -> ast.expr:
    return walk(emitter, emitter.value(node.value), node.path)


def walk(emitter: Emitter, value: ast.expr, path: tuple[str | int, ...]) -> ast.expr:
    """Return the expression for what lies at a path into a value."""
    if len(path) > _LONGEST_INLINE:
        return emitter.call("get", value, emitter.constant(path))
    for step in path:
        name = emitter.temporary()
        kind = emitter.type_of(emitter.named(name, value))
        if type(step) is str:
            found = emitter.method(emitter.name(name), "get", emitter.constant(step))
            test = emitter.is_(kind, emitter.name("dict"))
        else:
            assert isinstance(step, int)
            found = emitter.item(emitter.name(name), emitter.constant(step))
            needed = step if step >= 0 else -step - 1
            test = emitter.both(
                emitter.is_(kind, emitter.name("list")),
                emitter.compare(emitter.call("len", emitter.name(name)), ast.Gt(), emitter.constant(needed)),
            )
        value = emitter.choose(test, found, emitter.constant(None))
    return value


@emits(nodes.MakeArray)
def array(emitter: Emitter, node: nodes.MakeArray) -> ast.expr:
    return emitter.make_list(emitter.values(list(node.items)))


@emits(nodes.MakeObject)
def object_(emitter: Emitter, node: nodes.MakeObject) -> ast.expr:
    keys = [emitter.constant(key) for key, _ in node.entries]
    return emitter.make_dict(keys, emitter.values([item for _, item in node.entries]))


@emits(nodes.RefArgument)
def reference(emitter: Emitter, node: nodes.RefArgument) -> ast.expr:
    return emitter.call("Reference", emitter.value(node.root), emitter.constant(node.path))


@emits(nodes.KindTest)
def kind_test(emitter: Emitter, node: nodes.KindTest) -> ast.expr:
    value = emitter.value(node.value)
    wanted = node.kinds & ~UNDEFINED
    if wanted == NULL:
        return emitter.is_(value, emitter.constant(None))
    if wanted in CLASS_NAMES:
        return emitter.is_(emitter.type_of(value), emitter.name(CLASS_NAMES[wanted]))
    if wanted == BOOLEAN:
        return emitter.is_(emitter.type_of(value), emitter.name("bool"))
    return emitter.compare(kinds_of(emitter, value, wanted), ast.NotEq(), emitter.constant(0))


def kinds_of(emitter: Emitter, value: ast.expr, kinds: int) -> ast.expr:
    """Return the expression for a value's kind, or zero when it is none of those given."""
    kind = emitter.item(emitter.name("KIND_OF"), emitter.type_of(value))
    return emitter.binary(kind, ast.BitAnd(), emitter.constant(kinds))
