"""Calls to which the compiler itself gives the meaning: `del`, `exists`, `type_def`."""

from __future__ import annotations

from collections.abc import Callable

from dtl.check import static
from dtl.check.assignments import is_protected
from dtl.check.bound import Bound
from dtl.check.checker import Checker, Result
from dtl.check.scope import State
from dtl.functions.function import ABSENT
from dtl.hir import nodes as hir
from dtl.syntax import nodes as ast
from dtl.syntax.show import show as show_code
from dtl.types.kind import Kind
from dtl.types.removal import removed
from dtl.types.show import show_key
from dtl.types.type import BOOLEAN_TYPE, JSON_OR_UNDEFINED, UNDEFINED, Infinite, Type
from dtl.values.value import Value

CallNode = ast.Call | ast.MethodCall


def target_of(checker: Checker, node: CallNode, bound: Bound, name: str) -> hir.RefArgument | None:
    """Return the path that a call works on, or report that there is none."""
    _, argument, found = bound.by_name[name]
    reference = static.reference_to(found, argument.value)
    if reference is None:
        static.unexpected_expression(checker, node, name, argument.value, "query")
    return reference


def delete(checker: Checker, node: CallNode, bound: Bound, before: State) -> Result | None:
    """`del(path, compact)`."""
    reference = target_of(checker, node, bound, "target")
    if reference is None:
        return None
    _, argument, found = bound.by_name["target"]
    compact = bound.by_name.get("compact")
    if not isinstance(reference.root, hir.Load):
        made: hir.Hir = hir.Access(node.span, found.hir.type, reference.root, reference.path, found.hir.fallible)
        return Result(made, found.type, found.fallible)
    root = reference.root.place.root
    external = reference.root.place.is_external
    if external and is_protected(checker, root, reference.path):
        texts = ["mutation of read-only value", f"{show_code(argument.value)} is read-only, and cannot be deleted"]
        static.refuse(checker, node, 315, "mutation of read-only value", texts)
        return None
    if external:
        type = checker.state.external(root)
        constant = compact[2].constant if compact is not None else ABSENT
        if isinstance(constant, bool):
            after = removed(type, reference.path, constant)
        else:
            after = removed(type, reference.path, False) | removed(type, reference.path, True)
        checker.state = checker.state.with_external(root, after)
    else:
        # VRL leaves a variable's type as it was: the HIR must not believe it.
        checker.is_sound = False
    flag = compact[2].hir if compact is not None else None
    uncertain = [facts for facts in bound.uncertain if facts.parameter.name == "compact"]
    fallible = bool(uncertain) and node.bang is None
    if fallible:
        checker.pending.append(uncertain[0])
    place = hir.Place(root, reference.path)
    return Result(hir.Delete(node.span, found.hir.type, place, flag, bool(uncertain)), found.type, fallible)


def exists(checker: Checker, node: CallNode, bound: Bound, before: State) -> Result | None:
    """`exists(path)`."""
    reference = target_of(checker, node, bound, "field")
    if reference is None:
        return None
    found = bound.by_name["field"][2]
    if isinstance(reference.root, hir.Load):
        place = hir.Place(reference.root.place.root, reference.path)
        return Result(hir.Exists(node.span, BOOLEAN_TYPE, place), BOOLEAN_TYPE)
    made = hir.Exists(node.span, BOOLEAN_TYPE, hir.Place("", reference.path), reference.root, reference.root.fallible)
    return Result(made, BOOLEAN_TYPE, found.fallible)


def type_def(checker: Checker, node: CallNode, bound: Bound, before: State) -> Result:
    """`type_def(e)`: what the checker knows of e, which is not evaluated."""
    found = bound.by_name["value"][2]
    if before is not checker.state:
        # VRL takes e's assignments for done.
        checker.is_sound = False
    type = bound.function.result.type
    return Result(hir.Constant(node.span, type, describe_type(found.type.without_idle_parts())), type, found.fallible)


_WORDS = {
    int(Kind.STRING): "bytes",
    int(Kind.INTEGER): "integer",
    int(Kind.FLOAT): "float",
    int(Kind.BOOLEAN): "boolean",
    int(Kind.TIMESTAMP): "timestamp",
    int(Kind.REGEX): "regex",
    int(Kind.NULL): "null",
    int(Kind.UNDEFINED): "undefined",
}


def describe_type(type: Type) -> Value:
    """Return a type as an object in VRL's words (spec 3.2)."""
    if type.is_never:
        return {"never": True}
    if type.is_any:
        return {"any": True}
    if type == JSON_OR_UNDEFINED:
        return {"json": True}
    result: dict[str, Value] = {word: True for kind, word in _WORDS.items() if type.kinds & kind}
    for name, collection in (("object", type.object), ("array", type.array)):
        if collection is None:
            continue
        result[name] = {
            show_key(key) if isinstance(key, str) else str(key): describe_type(part)
            for key, part in collection.known.items()
        }
        if collection.unknown is Infinite.JSON:
            result[name + "_unknown_infinite"] = {"json": True}
        elif not collection.is_closed:
            result[name + "_unknown_infinite"] = describe_type(collection.unknown_type.with_kinds(UNDEFINED))
    return result


INTRINSICS: dict[str, Callable[[Checker, CallNode, Bound, State], Result | None]] = {
    "del": delete,
    "exists": exists,
    "type_def": type_def,
}
