"""Check a program again after an edit: what an edit cannot have changed is remembered, not checked.

A root expression's findings and types follow from its text and from what is known of the variables and fields that
it mentions. Both are kept relative to its start, so that they serve wherever it moves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dtl.check import user_functions
from dtl.check.checker import Checker, CheckOptions
from dtl.check.footprint import Footprint, footprint
from dtl.check.infer import Checked
from dtl.check.literals import proposable
from dtl.check.poisoned import Place
from dtl.check.scope import Binding, State
from dtl.check.silence import silenced
from dtl.check.unused import Unused
from dtl.data import data
from dtl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from dtl.functions.registry import Registry
from dtl.source import Source, Span
from dtl.syntax import nodes as ast
from dtl.types.layered import with_items
from dtl.types.type import OBJECT, Collection, Type

_MISSING = object()
_UNDEFINED_VARIABLE = 701


@data
class _Change:
    """What a root expression did to one external root: the fields it changed, or the whole type."""

    whole: Type | None
    fields: dict[str, Type | None]


@data
class _Entry:
    """A checked root expression, positions relative to its start.

    `names` are those that were compared, where a finding proposes one of them.
    """

    known: tuple[Any, ...]
    names: frozenset[str] | None
    diagnostics: list[Diagnostic]
    types: dict[Span, Type]
    variables: dict[str, Binding]
    event: _Change
    metadata: _Change
    poisoned: frozenset[Place]


class TypesBySpan(Mapping[Span, Type]):
    """The types of all root expressions, each kept relative to where its expression starts."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.parts: list[dict[Span, Type]] = []

    def add(self, start: int, types: dict[Span, Type]) -> None:
        """Add the types of the next root expression."""
        self.starts.append(start)
        self.parts.append(types)

    def __getitem__(self, span: Span) -> Type:
        at = bisect_right(self.starts, span.start) - 1
        if at < 0:
            raise KeyError(span)
        start = self.starts[at]
        return self.parts[at][Span(span.start - start, span.end - start)]

    def __iter__(self) -> Iterator[Span]:
        for start, part in zip(self.starts, self.parts, strict=True):
            for span in part:
                yield Span(span.start + start, span.end + start)

    def __len__(self) -> int:
        return sum(map(len, self.parts))


class Incremental:
    """Checks versions of one document; the result has no HIR."""

    def __init__(self, functions: Registry, options: CheckOptions) -> None:
        self.functions = functions
        self.options = options
        self._entries: dict[str, list[_Entry]] = {}
        self._footprints: dict[str, Footprint] = {}
        self._declared = ""
        self._unused = Unused(functions, options.dialect)

    def check(self, tree: ast.Program, source: Source, unparsed: list[Diagnostic]) -> Checked:
        """Check a version of the document."""
        checker = Checker(source, self.functions, self.options, trusted=True)
        if self.options.dialect != "vrl":
            self._forget_if_functions_changed(tree, source)
            user_functions.hoist(checker, tree)
        entries: dict[str, list[_Entry]] = {}
        footprints: dict[str, Footprint] = {}
        diagnostics, checker.diagnostics = checker.diagnostics, []
        hoisted = _Places(checker.types)
        types = TypesBySpan()
        waiting = list(unparsed)
        for node in tree.body:
            if isinstance(node, ast.Invalid):
                diagnostics.extend(waiting[:1])
                del waiting[:1]
                continue
            text = source.slice(node.span)
            mentions = self._footprints.get(text) or footprint(node)
            footprints[text] = mentions
            known = _known(checker, mentions)
            entry = next((e for e in self._entries.get(text, ()) if e.known == known and _holds(e, checker)), None)
            if entry is None:
                entry = _check(checker, node, mentions, known)
            else:
                _apply(checker, entry)
            entries.setdefault(text, []).append(entry)
            diagnostics.extend(moved(finding, node.span.start) for finding in entry.diagnostics)
            types.add(node.span.start, hoisted.within(node.span) if isinstance(node, ast.Function) else entry.types)
        diagnostics.extend(waiting)
        self._entries, self._footprints = entries, footprints
        if not any(finding.is_error for finding in diagnostics):
            diagnostics.extend(self._unused.find(tree, source))
        diagnostics = silenced(tree, source, diagnostics)
        return Checked(None, diagnostics, checker.state.event, checker.state.metadata, types)

    def _forget_if_functions_changed(self, tree: ast.Program, source: Source) -> None:
        declared = "\n".join(
            source.slice(node.span) for node in tree.body if isinstance(node, (ast.Function, ast.Import))
        )
        if declared != self._declared:
            self._declared = declared
            self._entries = {}


class _Places:
    """The types found in the bodies of functions, which are checked in advance, in the order of the text."""

    def __init__(self, types: dict[Span, Type]) -> None:
        self._sorted = sorted(types.items(), key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._sorted]

    def within(self, span: Span) -> dict[Span, Type]:
        """Return the types found within a span, relative to its start."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return {
            Span(a - span.start, b - span.start): type for (a, b), type in self._sorted[first:last] if b <= span.end
        }


def _known(checker: Checker, mentions: Footprint) -> tuple[Any, ...]:
    """Return what is known of everything that an expression mentions."""
    state = checker.state
    variables = {name: state.variables.get(name, _MISSING) for name in mentions.names}
    return (
        variables,
        _known_parts(state.event, mentions.fields, mentions.whole_event),
        _known_parts(state.metadata, mentions.metadata, mentions.whole_metadata),
        checker.poisoned.concerning(mentions),
    )


def _holds(entry: _Entry, checker: Checker) -> bool:
    """Tell whether what an entry's findings propose are still the names that there are."""
    return entry.names is None or entry.names == frozenset(proposable(checker.state))


def _known_parts(type: Type, fields: frozenset[str], whole: bool) -> Any:
    if whole or type.kinds != OBJECT or type.object is None:
        return type
    known = type.object.known
    return {name: known.get(name, _MISSING) for name in fields}, type.object.unknown


def _check(checker: Checker, node: ast.Expression, mentions: Footprint, known: tuple[Any, ...]) -> _Entry:
    """Check a root expression and note what it found and changed."""
    before, poisoned = checker.state, len(checker.poisoned)
    checker.diagnostics, checker.types = [], {}
    checker.pending.clear()
    checker.check(node)
    checker.report_pending()
    after, start = checker.state, node.span.start
    proposes = any(finding.code == _UNDEFINED_VARIABLE for finding in checker.diagnostics)
    return _Entry(
        known,
        frozenset(proposable(before)) if proposes else None,
        [moved(finding, -start) for finding in checker.diagnostics],
        {Span(span.start - start, span.end - start): type for span, type in checker.types.items()},
        _changed_variables(before, after, mentions),
        _change(before.event, after.event, mentions.fields, mentions.whole_event),
        _change(before.metadata, after.metadata, mentions.metadata, mentions.whole_metadata),
        checker.poisoned.since(poisoned),
    )


def _changed_variables(before: State, after: State, mentions: Footprint) -> dict[str, Binding]:
    """Return the variables that an expression set, each of which it mentions."""
    if before.variables is after.variables:
        return {}
    known = ((name, after.variables.get(name)) for name in mentions.names)
    return {name: bound for name, bound in known if bound is not None and before.variables.get(name) is not bound}


def _change(before: Type, after: Type, fields: frozenset[str], whole: bool) -> _Change:
    if before is after:
        return _Change(None, {})
    if whole or before.kinds != OBJECT or after.kinds != OBJECT or before.object is None or after.object is None:
        return _Change(after, {})
    return _Change(None, {str(name): after.object.known.get(name) for name in fields})


def _apply(checker: Checker, entry: _Entry) -> None:
    """Bring about what a remembered root expression changes."""
    checker.poisoned.update(entry.poisoned)
    state = checker.state
    variables = with_items(state.variables, entry.variables)
    checker.state = State(variables, _changed(state.event, entry.event), _changed(state.metadata, entry.metadata))


def _changed(type: Type, change: _Change) -> Type:
    if change.whole is not None:
        return change.whole
    if not change.fields or type.object is None:
        return type
    known = type.object.known
    gone = [name for name, part in change.fields.items() if part is None and name in known]
    if gone:
        known = {name: part for name, part in known.items() if name not in gone}
    known = with_items(known, {name: part for name, part in change.fields.items() if part is not None})
    return Type(type.kinds, Collection(known, type.object.unknown), type.array)


def moved(finding: Diagnostic, by: int) -> Diagnostic:
    """Return a finding with all of its places moved; one in another text stays."""
    if finding.source is not None or not by:
        return finding
    return replace(
        finding,
        labels=tuple(Label(_moved(label.span, by), label.text, label.primary) for label in finding.labels),
        fixes=tuple(
            Fix(fix.title, tuple(Edit(_moved(edit.span, by), edit.text) for edit in fix.edits), fix.safe)
            for fix in finding.fixes
        ),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
