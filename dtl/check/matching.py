"""Rules for `match`: arms become conditions, checked for exhaustiveness and for arms that nothing reaches (dtl)."""

from __future__ import annotations

from dtl.check import problems
from dtl.check.checker import Checker, Result, rule
from dtl.check.control import condition
from dtl.check.scope import Binding
from dtl.diagnostics.diagnostic import Severity
from dtl.functions.function import ABSENT
from dtl.hir import nodes as hir
from dtl.source import Span
from dtl.syntax import nodes as ast
from dtl.types import type as kind
from dtl.types.show import show
from dtl.types.type import BOOLEAN_TYPE, NEVER, STRING_TYPE, Type, of_kinds
from dtl.values.regex import Regex

#: The words of type patterns (and of user functions' types) and the kinds they stand for.
TYPE_WORDS = {
    "string": kind.STRING,
    "integer": kind.INTEGER,
    "int": kind.INTEGER,
    "float": kind.FLOAT,
    "number": kind.NUMBERS,
    "boolean": kind.BOOLEAN,
    "bool": kind.BOOLEAN,
    "timestamp": kind.TIMESTAMP,
    "regex": kind.REGEX,
    "null": kind.NULL,
    "array": kind.ARRAY,
    "object": kind.OBJECT,
    "any": kind.ALL & ~kind.UNDEFINED,
}


class _Coverage:
    """What the arms so far take: whole kinds, and single constants."""

    def __init__(self) -> None:
        self.kinds = 0
        self.constants: list[object] = []

    def takes(self, value: object, kinds: int) -> bool:
        """Tell whether a constant was taken before."""
        return bool(self.kinds & kinds) or any(type(k) is type(value) and k == value for k in self.constants)


@rule(ast.Match)
def match(checker: Checker, node: ast.Match) -> Result | None:
    """`match subject { pattern => value, ... }`: the first arm that fits."""
    subject = checker.check(node.subject)
    if subject is None:
        return None
    slot = checker.fresh_slot("match")
    place = hir.Place(slot)
    subject_type = subject.type.stored()
    sound_type = subject.hir.type.stored() if not subject.hir.type.is_never else subject.hir.type
    stored = hir.Store(node.subject.span, sound_type, place, subject.hir, subject.hir.fallible)
    load = hir.Load(node.subject.span, checker.sound(sound_type), place)
    covered = _Coverage()
    arms: list[tuple[hir.Hir, Result]] = []
    start = checker.state
    end = None
    for arm in node.arms:
        checker.state = start
        made = check_arm(checker, arm, load, subject_type, covered)
        if made is None:
            return None
        arms.append(made)
        start = start.leaving(start)
        end = checker.state if end is None else end.joined(checker.state)
    left = (subject_type.kinds & ~kind.UNDEFINED) & ~covered.kinds
    if left & kind.BOOLEAN and all(covered.takes(value, kind.BOOLEAN) for value in (True, False)):
        left &= ~kind.BOOLEAN
    if left & kind.NULL and covered.takes(None, kind.NULL):
        left &= ~kind.NULL
    if (
        left & kind.STRING
        and subject_type.texts is not None
        and all(covered.takes(text, kind.STRING) for text in subject_type.texts)
    ):
        left &= ~kind.STRING
    if left:
        checker.fail(
            problems.problem(
                1000, problems.here(node.subject.span, f"no arm takes every {show(Type(left))}; add an arm `_ => ...`")
            )
        )
        return None
    assert end is not None
    checker.state = end
    return _chain(node, stored, arms, subject.fallible)


def _chain(node: ast.Match, stored: hir.Hir, arms: list[tuple[hir.Hir, Result]], fallible: bool) -> Result:
    """Return the arms as nested conditionals: the last one needs no test."""
    type, sound = NEVER, NEVER
    result: hir.Hir | None = None
    for test, body in reversed(arms):
        type, sound = type | body.type, sound | body.hir.type
        fallible = fallible or body.fallible
        if result is None:
            always = isinstance(test, hir.Constant)
            result = body.hir if always else hir.Conditional(node.span, sound, test, body.hir, None, True)
        else:
            fails = test.fallible or body.hir.fallible or result.fallible
            result = hir.Conditional(body.hir.span, sound, test, body.hir, result, fails)
    assert result is not None
    made = hir.Sequence(node.span, result.type, (stored, result), stored.fallible or result.fallible)
    return Result(made, type, fallible)


def check_arm(
    checker: Checker, arm: ast.Arm, load: hir.Load, type: Type, covered: _Coverage
) -> tuple[hir.Hir, Result] | None:
    """Return an arm's test and its checked body."""
    outer = checker.state
    dead = not (type.kinds & ~kind.UNDEFINED) & ~covered.kinds
    mark = len(checker.diagnostics)
    test = check_pattern(checker, arm.pattern, load, type, covered if arm.guard is None else _Coverage(), covered)
    if test is None:
        return None
    if dead and len(checker.diagnostics) == mark:
        checker.diagnostics.append(
            problems.problem(1001, problems.here(arm.pattern.span, "no value gets here"), severity=Severity.WARNING)
        )
    if arm.guard is not None:
        mark = len(checker.pending)
        guard = checker.check(arm.guard)
        if guard is None:
            return None
        if not checker.is_certain(arm.guard, guard, mark):
            return None
        truth = condition(checker, guard, arm.guard.span)
        if truth is None:
            return None
        test = _both(arm.span, test, truth.hir)
    body = checker.check(arm.body)
    checker.state = outer.leaving(checker.state)
    return None if body is None else (test, body)


def check_pattern(
    checker: Checker, pattern: ast.Pattern, load: hir.Load, type: Type, covered: _Coverage, before: _Coverage
) -> hir.Hir | None:
    """Return a pattern's test, bind its names, and note what it takes."""
    span = pattern.span
    if isinstance(pattern, ast.WildcardPattern):
        covered.kinds |= kind.ALL
        return hir.Constant(span, BOOLEAN_TYPE, True)
    if isinstance(pattern, ast.NamePattern):
        covered.kinds |= kind.ALL
        return _bound(checker, span, pattern.name, load, type, hir.Constant(span, BOOLEAN_TYPE, True))
    if isinstance(pattern, ast.TypePattern):
        return _type_test(checker, pattern, load, type, covered)
    if isinstance(pattern, ast.RangePattern):
        return _range_test(checker, pattern, load)
    if isinstance(pattern, ast.AlternativePattern):
        result: hir.Hir | None = None
        for option in pattern.options:
            test = check_pattern(checker, option, load, type, covered, before)
            if test is None:
                return None
            result = (
                test if result is None else hir.Or(span, BOOLEAN_TYPE, result, test, test.fallible or result.fallible)
            )
        return result
    return _literal_test(checker, pattern, load, type, covered, before)


def _literal_test(
    checker: Checker,
    pattern: ast.LiteralPattern,
    load: hir.Load,
    type: Type,
    covered: _Coverage,
    before: _Coverage,
) -> hir.Hir | None:
    span = pattern.span
    found = checker.check(pattern.value)
    if found is None:
        return None
    if found.constant is ABSENT:
        checker.fail(problems.problem(1003, problems.here(span, "a pattern must be a constant")))
        return None
    if isinstance(found.constant, Regex):
        return _regex_test(checker, span, load, found.hir)
    if not found.type.intersects(type.without_kinds(kind.UNDEFINED)) and not (
        found.type.within(kind.NUMBERS) and type.kinds & kind.NUMBERS
    ):
        text = f"the value is {show(type)}, this is {show(found.type)}"
        checker.diagnostics.append(problems.problem(1002, problems.here(span, text), severity=Severity.WARNING))
    elif before.takes(found.constant, found.type.kinds):
        checker.diagnostics.append(
            problems.problem(1001, problems.here(span, "an earlier arm takes this"), severity=Severity.WARNING)
        )
    covered.constants.append(found.constant)
    return hir.Operation(span, BOOLEAN_TYPE, "==", load, found.hir)


def _regex_test(checker: Checker, span: Span, load: hir.Load, pattern: hir.Hir) -> hir.Hir | None:
    function = checker.functions.get("match", "vrl")
    if function is None:
        checker.fail(problems.undefined_function(span, None))
        return None
    assert isinstance(pattern, hir.Constant)
    narrowed = hir.Load(span, STRING_TYPE, load.place)
    call = hir.Call(
        span, BOOLEAN_TYPE, function, (narrowed, pattern), (0, 1), (), frozenset(), None, checker.source.byte_span(span)
    )
    return _both(span, hir.KindTest(span, BOOLEAN_TYPE, load, kind.STRING), call)


def _type_test(
    checker: Checker, pattern: ast.TypePattern, load: hir.Load, type: Type, covered: _Coverage
) -> hir.Hir | None:
    kinds = TYPE_WORDS.get(pattern.kind.text)
    if kinds is None:
        words = ", ".join(TYPE_WORDS)
        checker.fail(problems.problem(1102, problems.here(pattern.kind.span, f"the types are {words}")))
        return None
    if not type.kinds & kinds:
        text = f"the value is {show(type)}"
        checker.diagnostics.append(problems.problem(1002, problems.here(pattern.span, text), severity=Severity.WARNING))
    covered.kinds |= kinds
    test = hir.KindTest(pattern.span, BOOLEAN_TYPE, load, kinds)
    if pattern.binding is None:
        return test
    narrowed = type.only(kinds) if type.kinds & kinds else of_kinds(kinds)
    return _bound(checker, pattern.binding.span, pattern.binding.text, load, narrowed, test)


def _bound(checker: Checker, span: Span, name: str, load: hir.Load, type: Type, test: hir.Hir) -> hir.Hir:
    """Return a test that also stores the value under a name."""
    slot = checker.fresh_slot(name)
    checker.types[span] = type
    checker.state = checker.state.bind(name, Binding(type, ABSENT, slot))
    narrowed = hir.Load(span, checker.sound(type), load.place)
    store = hir.Store(span, narrowed.type, hir.Place(slot), narrowed)
    truth = hir.Constant(span, BOOLEAN_TYPE, True)
    return _both(span, test, hir.Sequence(span, BOOLEAN_TYPE, (store, truth)))


def _range_test(checker: Checker, pattern: ast.RangePattern, load: hir.Load) -> hir.Hir | None:
    bounds: list[tuple[str, Result]] = []
    for operator, bound in ((">=", pattern.low), ("<=" if pattern.inclusive else "<", pattern.high)):
        if bound is not None:
            found = checker.check(bound)
            if found is None:
                return None
            bounds.append((operator, found))
    for kinds in (kind.NUMBERS, kind.STRING, kind.TIMESTAMP):
        if bounds and all(found.constant is not ABSENT and found.type.within(kinds) for _, found in bounds):
            break
    else:
        checker.fail(
            problems.problem(1003, problems.here(pattern.span, "both ends must be constants of one ordered type"))
        )
        return None
    if len(bounds) == 2 and bounds[0][1].constant > bounds[1][1].constant:
        checker.fail(problems.problem(1003, problems.here(pattern.span, "the lower end must come first")))
        return None
    span = pattern.span
    test: hir.Hir = hir.KindTest(span, BOOLEAN_TYPE, load, kinds)
    narrowed = hir.Load(span, of_kinds(kinds), load.place)
    for operator, found in bounds:
        test = _both(span, test, hir.Operation(span, BOOLEAN_TYPE, operator, narrowed, found.hir))
    return test


def _both(span: Span, left: hir.Hir, right: hir.Hir) -> hir.Hir:
    if isinstance(left, hir.Constant) and left.value is True:
        return right
    return hir.And(span, BOOLEAN_TYPE, left, right, left.fallible or right.fallible)


__all__ = ["TYPE_WORDS", "match"]
