"""Walking, rebuilding and moving trees."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass

import pytest

from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import parse
from dtl.syntax.show import show
from dtl.syntax.visit import children, node_at, parts, path_to, places, rebuild, shift, walk
from tests.syntax.programs import program
from tests.syntax.test_dtl import TREES

CLASSES = [kind for _, kind in inspect.getmembers(nodes, is_dataclass)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_field_is_a_part_a_place_or_plain(kind: type) -> None:
    for field in fields(kind):
        assert not (field.name in parts(kind) and field.name in places(kind))
        plain = str(field.type) in ("str", "int", "float", "bool")
        assert (field.name in parts(kind)) + (field.name in places(kind)) + plain >= 1


def test_a_walk_goes_in_source_order() -> None:
    tree, _ = parse(Source("a = f(b, c) + [d]"))
    names = [node.name for node in walk(tree) if isinstance(node, nodes.Variable)]
    assert names == ["a", "b", "c", "d"]


def test_rebuilding_changes_only_what_is_changed() -> None:
    tree, _ = parse(Source("a + b\nc"))

    def turn(node: nodes.Expression) -> nodes.Expression:
        if isinstance(node, nodes.Variable):
            return nodes.Variable(node.span, node.name.upper()) if node.name == "b" else node
        return rebuild(node, turn)

    body = [turn(node) for node in tree.body]
    assert [show(node) for node in body] == ["a + B", "c"]
    assert body[1] is tree.body[1]


@pytest.mark.parametrize("text", [program(20), *(text for text, _ in TREES)])
def test_a_moved_tree_is_that_of_the_moved_text(text: str) -> None:
    tree, _ = parse(Source(text))
    further, _ = parse(Source("\n\n\n" + text))
    assert [shift(node, 3) for node in tree.body] == list(further.body)


def test_the_node_at_an_offset() -> None:
    text = ".a = f(.b.c, x)"
    tree, _ = parse(Source(text))
    assert [type(node).__name__ for node in path_to(tree, text.index("c"))] == [
        "Program",
        "Assign",
        "Call",
        "Argument",
        "Query",
        "Field",
    ]
    assert node_at(tree, text.index("x")) == nodes.Variable(Span(13, 14), "x")
    assert isinstance(node_at(tree, 4), nodes.Name)


def test_children_of_what_has_none() -> None:
    assert children(nodes.Null(Span(0, 4))) == []
