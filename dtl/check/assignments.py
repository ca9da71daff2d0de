"""Rules for assignments: where a value may be written, and what is known afterwards (spec 3.6, 3.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dtl.check import problems
from dtl.check.checker import Checker, Result, rule
from dtl.check.constants import default_of
from dtl.check.literals import path_of, undefined
from dtl.check.scope import Binding
from dtl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from dtl.functions.function import ABSENT
from dtl.hir import nodes as hir
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.syntax.show import show as show_code
from dtl.types.insertion import inserted
from dtl.types.type import (
    ANY,
    ARRAY,
    EMPTY,
    FLOAT,
    INTEGER,
    NEVER,
    NULL,
    OBJECT,
    STRING,
    STRING_TYPE,
    UNDEFINED_TYPE,
    Type,
)


def place_of(checker: Checker, target: ast.Target) -> tuple[str, tuple[str | int, ...]] | None:
    """Return where a target writes: the root (EVENT, METADATA or a variable's name) and the path; None for `_`."""
    if isinstance(target, ast.Discard):
        return None
    if isinstance(target, ast.Variable):
        if target.name == "this" and target.name not in checker.state.variables and checker.options.dialect != "vrl":
            return hir.EVENT, ()
        return target.name, ()
    root = target.target if isinstance(target, ast.Query) else None  # the grammar takes a method call for a target, too
    if isinstance(root, ast.Event):
        return hir.EVENT, path_of(target)
    if isinstance(root, ast.Metadata):
        return hir.METADATA, path_of(target)
    if isinstance(root, ast.Variable):
        if root.name == "this" and root.name not in checker.state.variables and checker.options.dialect != "vrl":
            return hir.EVENT, path_of(target)
        return root.name, path_of(target)
    return None


@rule(ast.Assign)
def assign(checker: Checker, node: ast.Assign) -> Result | None:
    """`target = e`, `target |= e`."""
    mark = len(checker.pending)
    if node.operator.text == "|=":
        if merges_nothing(checker, node.target, node.value):
            return None
        value_node: ast.Expression = merged(node.target, node.operator, node.value)
    else:
        value_node = node.value
    found = checker.check(value_node)
    written = place_of(checker, node.target)
    if found is None:
        if written is not None and node.operator.text == "=":
            checker.poisoned.add(written)
        return None
    cause = checker.cause_since(mark)
    # VRL asks whether anything inside may fail, even where a `!` or a later statement has hidden that.
    if found.fallible or (cause is not None and checker.options.dialect == "vrl"):
        uncertain = cause if isinstance(cause, problems.UncertainArgument) else None
        finding = problems.fallible_assignment(node, uncertain, node.value)
        if not checker.settle(mixed_sum(checker, node.value, finding), mark):
            return None
    if isinstance(node.target, ast.Discard):
        checker.fail(problems.no_op_assignment(node, node.target.span))
        return None
    if written is None or not writable(checker, node.target, written):
        if written is None:
            checker.fail(problems.invalid_target(node.target.span))
        return None
    stored = store(checker, written, found.type, found.constant)
    made = hir.Store(node.span, found.hir.type.stored(), stored, found.hir, found.hir.fallible)
    note_type(checker, node.target, written)
    return Result(made, found.type)


def mixed_sum(checker: Checker, node: ast.Expression, finding: Diagnostic) -> Diagnostic:
    """Return a finding with what is to be done where a text and a number are added, which never works (dtl)."""
    if checker.options.dialect != "dtl" or not isinstance(node, ast.Binary) or node.operator.text != "+":
        return finding
    sides = [(side, checker.types.get(side.span)) for side in (node.left, node.right)]
    numbers = [side for side, type in sides if type is not None and type.kinds and not type.kinds & ~(INTEGER | FLOAT)]
    if len(numbers) != 1 or not any(type is not None and type.kinds == STRING for _, type in sides):
        return finding
    span = numbers[0].span
    code = f"to_string({show_code(numbers[0])})"
    fix = Fix(f"add it as text: `{code}`", (Edit(span, code),))
    note = f"`+` adds two numbers or joins two texts, and fails for one of each: write `{code}`"
    return replace(finding, notes=(*finding.notes, note), fixes=(fix, *finding.fixes))


def merges_nothing(checker: Checker, target: ast.Target, value: ast.Expression) -> bool:
    """Tell whether `target |= value` is for a variable that nothing was assigned to; report it where VRL does."""
    if checker.options.dialect != "vrl" or not isinstance(target, ast.Variable):
        return False
    if target.name in checker.state.variables or (target.name, ()) in checker.poisoned:
        return False
    undefined(checker, target, value.span)
    return True


def merged(target: ast.Target, operator: ast.Name, value: ast.Expression) -> ast.Binary:
    """Return what `target |= value` stores."""
    span = Span(target.span.start, value.span.end)
    before = ast.Null(target.span) if isinstance(target, ast.Discard) else target
    return ast.Binary(span, ast.Name(operator.span, "|"), before, value)


def note_type(checker: Checker, target: ast.Target, written: tuple[str, tuple[str | int, ...]]) -> None:
    """Remember for the editor what a target holds after the assignment."""
    root, path = written
    if root in (hir.EVENT, hir.METADATA):
        checker.types[target.span] = checker.state.external(root).at(path)
    elif (bound := checker.state.variables.get(root)) is not None:
        checker.types[target.span] = bound.type.at(path)


@rule(ast.AssignResult)
def assign_result(checker: Checker, node: ast.AssignResult) -> Result | None:
    """`ok, err = e`: only for an e that can fail."""
    mark = len(checker.pending)
    before = checker.state
    value_node = node.value
    if node.operator.text == "|=":
        if merges_nothing(checker, node.ok, node.value):
            return None
        value_node = merged(node.ok, node.operator, node.value)
    found = checker.check(value_node)
    targets = [(target, place_of(checker, target)) for target in (node.ok, node.error)]
    if found is None:
        if node.operator.text == "=":
            checker.poisoned.update(written for _, written in targets if written is not None)
        return None
    if not found.fallible:
        checker.fail(problems.unnecessary_error_assignment(node), mark)
        return None
    del checker.pending[mark:]
    if all(isinstance(target, ast.Discard) for target, _ in targets):
        checker.fail(problems.no_op_assignment(node, node.ok.span))
        return None
    if before is not checker.state:
        checker.distrust(checker.state, before)
    default = default_of(found.type.kinds)
    default_type = Type(NULL) if default is None else found.type.only(found.type.kinds)
    if default is not None:
        default_type = _empty_of(found.type)
    kinds = (found.type | default_type, Type(STRING | NULL))
    sound = found.hir.type | default_type
    places: list[hir.Place | None] = []
    for target, written in targets:
        if isinstance(target, ast.Discard):
            continue
        if written is None:
            checker.fail(problems.invalid_target(target.span))
            return None
        if not writable(checker, target, written):
            return None
    for (target, written), type in zip(targets, kinds, strict=True):
        if written is None:
            places.append(None)
            continue
        places.append(store(checker, written, type, found.constant if target is node.ok else ABSENT))
        note_type(checker, target, written)
    made = hir.StoreResult(node.span, sound | STRING_TYPE, places[0], places[1], found.hir, default)
    return Result(made, found.type | STRING_TYPE)


def _empty_of(type: Type) -> Type:
    """Return the type of the default value of an exact type: containers are empty, of no value it is a string."""
    if type.is_never:
        return STRING_TYPE
    if type.kinds == OBJECT:
        return Type(OBJECT, EMPTY)
    if type.kinds == ARRAY:
        return Type(ARRAY, None, EMPTY)
    return type


def store(checker: Checker, written: tuple[str, tuple[str | int, ...]], type: Type, constant: Any) -> hir.Place:
    """Note what is known after a write, and return the place."""
    root, path = written
    if type.is_never:  # VRL keeps the type that was there, though something may well be written
        checker.is_sound = False
    if root in (hir.EVENT, hir.METADATA):
        state = checker.state
        checker.state = state.with_external(root, inserted(state.external(root), path, type))
        return hir.Place(root, path)
    bound = checker.state.variables.get(root)
    if bound is not None and not bound.type.is_never:
        after = type.stored() if not path and not type.is_never else inserted(bound.type, path, type)
    elif type.is_never:
        after = NEVER  # a value that never comes leaves a variable that never is
    else:
        after = inserted(UNDEFINED_TYPE, path, type)
    slot = bound.slot if bound is not None else checker.slot(root)
    checker.state = checker.state.bind(root, Binding(after, constant, slot))
    return hir.Place(slot, path)


def writable(checker: Checker, target: ast.Target, written: tuple[str, tuple[str | int, ...]]) -> bool:
    """Tell whether a target may be written; report why not (spec 3.6, 5.6)."""
    root, path = written
    if root in (hir.EVENT, hir.METADATA) and is_protected(checker, root, path):
        checker.fail(problems.read_only(target.span))
        return False
    if not path:
        return True
    if root in (hir.EVENT, hir.METADATA):
        base = checker.state.event  # VRL looks at the event even for a metadata target.
    else:
        bound = checker.state.variables.get(root)
        base = bound.type if bound is not None else ANY
    segments = target.path if isinstance(target, ast.Query) else ()
    for length in range(len(path) - 1, -1, -1):
        parent = base.at(path[:length])
        is_field = isinstance(path[length], str)
        if parent.kinds and not parent.kinds & (OBJECT if is_field else ARRAY):
            report_rejected(checker, target, segments, length, parent, is_field)
            return False
    return True


def report_rejected(
    checker: Checker, target: ast.Target, segments: tuple[ast.Segment, ...], length: int, parent: Type, is_field: bool
) -> None:
    """Report a write below a value that has no such parts."""
    assert isinstance(target, ast.Query)
    segment = segments[length].span
    start = target.span.start
    if length:
        parent_span = Span(start, segments[length - 1].span.end)
    else:
        root = target.target.span
        parent_span = Span(root.start, max(root.end, root.start + 1))
    parent_code = (
        show_code(ast.Query(parent_span, target.target, segments[:length]))
        if length or not isinstance(target.target, ast.Variable)
        else target.target.name
    )
    empty = "{}" if is_field else "[]"
    word = "object" if is_field else "array"
    notes = (
        f"try: change parent value to {word}, before assignment",
        "",
        f"    {parent_code} = {empty}",
        f"    {checker.source.slice(_statement_of(checker, target))}",
        "",
    )
    checker.fail(problems.rejected_mutation(segment, parent_span, parent, is_field, notes))


def _statement_of(checker: Checker, target: ast.Target) -> Span:
    """Return the span from a target to the end of its statement's line, for the suggestion."""
    text, end = checker.source.text, target.span.end
    while end < len(text) and text[end] not in "\n;":
        end += 1
    return Span(target.span.start, end)


def is_protected(checker: Checker, root: str, path: tuple[str | int, ...]) -> bool:
    """Tell whether the host protects a place, something in it, or (recursively) something around it."""
    for protected_root, protected, below in checker.options.read_only:
        if protected_root != root:
            continue
        if protected[: len(path)] == path or (below and path[: len(protected)] == protected):
            return True
    return False
