"""Rules for literals, variables, paths, containers."""

from __future__ import annotations

from dtl.check import problems
from dtl.check.checker import Checker, Result, null_if_undefined, rule
from dtl.check.foreign import value_meant
from dtl.check.operations import combine
from dtl.check.scope import State
from dtl.functions.function import ABSENT
from dtl.functions.registry import near_misses
from dtl.hir import nodes as hir
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.types.layered import latest
from dtl.types.type import (
    BOOLEAN_TYPE,
    FLOAT_TYPE,
    INTEGER_TYPE,
    NEVER,
    NULL_TYPE,
    REGEX_TYPE,
    STRING_TYPE,
    TIMESTAMP_TYPE,
    Type,
    object_of,
    tuple_of,
)
from dtl.values import path as paths
from dtl.values.regex import InvalidRegex, Regex
from dtl.values.timestamp import InvalidTimestamp, parse_literal

#: So many variables are compared with a name that is none: a long text may have thousands of either.
_PROPOSED = 64


def constant(node: ast.Expression, type: Type, value: object) -> Result:
    """Return a literal's result."""
    return Result(hir.Constant(node.span, type, value), type, False, value)


@rule(ast.String, ast.RawString)
def text(checker: Checker, node: ast.String | ast.RawString) -> Result:
    """A string literal."""
    return constant(node, STRING_TYPE, node.value)


@rule(ast.Integer)
def integer(checker: Checker, node: ast.Integer) -> Result:
    """An integer literal."""
    return constant(node, INTEGER_TYPE, node.value)


@rule(ast.Float)
def float_(checker: Checker, node: ast.Float) -> Result:
    """A float literal."""
    return constant(node, FLOAT_TYPE, node.value)


@rule(ast.Boolean)
def boolean(checker: Checker, node: ast.Boolean) -> Result:
    """`true`, `false`."""
    return constant(node, BOOLEAN_TYPE, node.value)


@rule(ast.Null)
def null(checker: Checker, node: ast.Null) -> Result:
    """`null`."""
    return constant(node, NULL_TYPE, None)


@rule(ast.Regex)
def regex(checker: Checker, node: ast.Regex) -> Result | None:
    """A regex literal is compiled here."""
    try:
        return constant(node, REGEX_TYPE, Regex(node.pattern))
    except InvalidRegex as problem:
        checker.fail(problems.invalid_regex(node.span, problem.reason))
        return None


@rule(ast.Timestamp)
def timestamp(checker: Checker, node: ast.Timestamp) -> Result | None:
    """A timestamp literal is read here."""
    try:
        return constant(node, TIMESTAMP_TYPE, parse_literal(node.text))
    except InvalidTimestamp as problem:
        checker.fail(problems.invalid_timestamp(node.span, str(problem)))
        return None


@rule(ast.Template)
def template(checker: Checker, node: ast.Template) -> Result | None:
    """A template is the `+` chain of its parts (spec 1.7)."""
    if not node.parts:
        return constant(node, STRING_TYPE, "")
    found = checker.check_all(node.parts)
    if found is None:
        return None
    joined = found[0]
    for part, written in zip(found[1:], node.parts[1:], strict=True):
        is_last = written is node.parts[-1]
        span = node.span if is_last else Span(node.span.start + 1, part_end(checker, written))
        was_fallible = joined.fallible
        joined = combine(checker, span, "+", joined, part)
        if joined.fallible and not was_fallible and not is_last:
            checker.pending.append(problems.unhandled_error(span))
    if len(found) == 1:
        return Result(joined.hir, joined.type, joined.fallible)
    return Result(joined.hir, STRING_TYPE, joined.fallible)


def part_end(checker: Checker, part: ast.String | ast.Variable | ast.Query) -> int:
    """Return where a template's part ends: a variable's is behind its braces."""
    if isinstance(part, ast.String):
        return part.span.end
    end = checker.source.text.find("}}", part.span.end)
    return end + 2 if end >= 0 else part.span.end


@rule(ast.Variable)
def variable(checker: Checker, node: ast.Variable) -> Result | None:
    """A variable's value."""
    return load_variable(checker, node, ())


def load_variable(checker: Checker, node: ast.Variable, path: tuple[str | int, ...]) -> Result | None:
    """Return the value at a path into a variable."""
    if (node.name, path) in checker.poisoned or (node.name, ()) in checker.poisoned:
        return None
    bound = checker.state.variables.get(node.name)
    if bound is None:
        if node.name == "this" and checker.options.dialect != "vrl":
            return load_external(checker, node, hir.EVENT, path)
        undefined(checker, node)
        return None
    place = hir.Place(bound.slot, path)
    type = bound.type.at(path)
    value = bound.constant
    if value is not ABSENT and path:
        value = paths.lookup(value, path)
        if value is paths.ABSENT:
            value = ABSENT
    return Result(hir.Load(node.span, null_if_undefined(checker.sound(type)), place), type, False, value)


def undefined(checker: Checker, node: ast.Variable, shown: Span | None = None) -> None:
    """Report an unassigned variable, at another place than its name if VRL does."""
    known = [*proposable(checker.state), "null", "true", "false"]
    if checker.options.dialect == "dtl":
        near = value_meant(node.name, known)
        checker.fail(
            problems.undefined_variable(node.span, near, (_advice(checker, node.name),) if near is None else ())
        )
        return
    near = next(iter(near_misses(node.name, known)), None)
    checker.fail(problems.undefined_variable(node.span, near, shown=shown))


def proposable(state: State) -> list[str]:
    """Return the variables that may be proposed for a name: the latest, since each is compared with it."""
    return latest(state.variables, _PROPOSED)


def _advice(checker: Checker, name: str) -> str:
    """Return what a name may be that is no variable."""
    if name in checker.user_functions or name in checker.functions.modules:
        return f"`{name}` is a function, which is called as `{name}(...)`"
    return f"a field of the event is written with a dot before it: `.{name}`"


def load_external(checker: Checker, node: ast.Expression, root: str, path: tuple[str | int, ...]) -> Result:
    """Return the value at a path into the event or its metadata."""
    place = hir.Place(root, path)
    type = checker.state.external(root).at(path)
    return Result(hir.Load(node.span, null_if_undefined(checker.sound(type)), place), type)


def path_of(node: ast.Query) -> tuple[str | int, ...]:
    """Return a query's path as data."""
    return tuple(part.name if isinstance(part, ast.Field) else part.value for part in node.path)


@rule(ast.Query)
def query(checker: Checker, node: ast.Query) -> Result | None:
    """A path into event, metadata, a variable, or a computed value."""
    target, path = node.target, path_of(node)
    if isinstance(target, (ast.Event, ast.Metadata)):
        root = hir.EVENT if isinstance(target, ast.Event) else hir.METADATA
        if (root, path) in checker.poisoned:
            return None
        return load_external(checker, node, root, path)
    if isinstance(target, ast.Variable):
        found = load_variable(checker, target, path)
        if found is None:
            return None
        return found._replace(hir=_at(found.hir, node))
    found = checker.check(target)
    if found is None:
        return None
    type = found.type.at(path)
    sound = null_if_undefined(checker.sound(found.hir.type.at(path)))
    return Result(hir.Access(node.span, sound, found.hir, path, found.fallible), type, found.fallible)


def _at(loaded: hir.Hir, node: ast.Query) -> hir.Hir:
    assert isinstance(loaded, hir.Load)
    return hir.Load(node.span, loaded.type, loaded.place)


@rule(ast.Group)
def group(checker: Checker, node: ast.Group) -> Result | None:
    """`(e)` is e."""
    return checker.check(node.inner)


@rule(ast.Block)
def block(checker: Checker, node: ast.Block) -> Result | None:
    """`{ a; b }`."""
    return checker.block(node)


@rule(ast.Array)
def array(checker: Checker, node: ast.Array) -> Result | None:
    """An array literal; never when an element is."""
    found = checker.check_all(node.items)
    if found is None:
        return None
    items = tuple(item.hir for item in found)
    never = any(item.type.is_never for item in found)
    type = NEVER if never else tuple_of([item.type.stored() for item in found])
    sound = NEVER if never else tuple_of([item.type.stored() for item in items])
    value: object = ABSENT
    if all(item.constant is not ABSENT for item in found):
        value = [item.constant for item in found]
    fallible = any(item.fallible for item in found)
    return Result(hir.MakeArray(node.span, sound, items, any(i.fallible for i in items)), type, fallible, value)


@rule(ast.Object)
def object_(checker: Checker, node: ast.Object) -> Result | None:
    """An object literal: values are evaluated in key order, the last of equal keys counts (spec 3.6)."""
    entries = {entry.key.value: entry.value for entry in node.entries}
    checked = {key: checker.check(entries[key]) for key in sorted(entries)}
    found = {key: item for key, item in checked.items() if item is not None}
    if len(found) < len(checked):
        return None
    never = any(item.type.is_never for item in found.values())
    type = NEVER if never else object_of({key: item.type.stored() for key, item in found.items()})
    sound = NEVER if never else object_of({key: item.hir.type.stored() for key, item in found.items()})
    value: object = ABSENT
    if all(item.constant is not ABSENT for item in found.values()):
        value = {key: item.constant for key, item in found.items()}
    made = hir.MakeObject(
        node.span,
        sound,
        tuple((key, item.hir) for key, item in found.items()),
        any(item.hir.fallible for item in found.values()),
    )
    return Result(made, type, any(item.fallible for item in found.values()), value)
