"""What the rules of the checker share: state, findings, and the order in which things are reported (spec 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from dtl.check import problems
from dtl.check.poisoned import Poisoned
from dtl.check.scope import Binding, State
from dtl.data import fresh, frozen
from dtl.diagnostics.diagnostic import Diagnostic, Severity
from dtl.functions.function import ABSENT
from dtl.functions.registry import Registry
from dtl.hir import nodes as hir
from dtl.hir.visit import effects_of
from dtl.source import Source, Span
from dtl.syntax import nodes as ast
from dtl.types.type import ANY, ANY_OBJECT, NULL, UNDEFINED, Type


class Result(NamedTuple):
    """What the checker knows of an expression: its HIR, VRL's type, whether it may fail, its constant value."""

    hir: hir.Hir
    type: Type
    fallible: bool = False
    constant: Any = ABSENT


@frozen
class CheckOptions:
    """How a program is checked.

    Attributes:
        dialect: "vrl" or "dtl".
        strict: In dtl, an unhandled fallible expression is an error as in VRL; otherwise a warning.
        sandbox: Refuse functions that reach outside of the program.
        event: What is known of the event before the program runs.
        metadata: What is known of its metadata.
        read_only: Paths that the host protects: root, path, and whether everything below is protected too.
        tables: Names of the host's enrichment tables; None when they are not known.
        variables: Variables that exist before the program (a REPL's), and their types.
        load: Reads an imported file, given its path as written and the importing source.
    """

    dialect: str = "dtl"
    strict: bool = False
    sandbox: bool = False
    event: Type = ANY_OBJECT
    metadata: Type = ANY_OBJECT
    read_only: tuple[tuple[str, tuple[str | int, ...], bool], ...] = ()
    tables: frozenset[str] | None = None
    variables: Mapping[str, Type] = fresh(factory=dict)
    load: Callable[[str, Source], Source] | None = None

    @property
    def is_lenient(self) -> bool:
        """Tell whether an unhandled fallible expression is only a warning that behaves as `!`."""
        return self.dialect != "vrl" and not self.strict


Rule = Callable[["Checker", Any], "Result | None"]
UserCall = Callable[["Checker", Any, tuple[ast.Argument, ...]], "Result | None"]


class Checker:
    """One run over one program.

    A rule returns None after a hard error that it has reported; the rest of the root expression is then given up.
    Fallibility that nobody has handled yet waits in `pending` and is reported at the end of the root expression;
    whoever handles it cuts the list back to the length it had before.
    """

    def __init__(self, source: Source, functions: Registry, options: CheckOptions, trusted: bool) -> None:
        self.source = source
        self.functions = functions
        self.options = options
        #: Whether the types of places are sound; see `distrust`.
        self.trusted = trusted
        self.is_sound = True
        before = {name: Binding(type, ABSENT, name) for name, type in options.variables.items()}
        self.state = State(before, options.event, options.metadata)
        self.diagnostics: list[Diagnostic] = []
        self.pending: list[Diagnostic | problems.UncertainArgument] = []
        #: Targets whose right side failed to compile: reading them is not reported again.
        self.poisoned = Poisoned()
        #: Types of `return` in the closure or user function being checked.
        self.returns: list[Type] = []
        #: What was known at each `return` that ends the program.
        self.exits: list[State] = []
        self.slots: dict[str, None] = dict.fromkeys(options.variables)
        self.types: dict[Span, Type] = {}
        #: User functions and other calls that are no functions of the registry: how to check a call of each name.
        self.user_functions: dict[str, UserCall] = {}
        #: Whether a `throw` was met in the user function being checked.
        self.throws = False
        #: The root nodes of functions declared in advance, by identity.
        self.hoisted: set[int] = set()
        #: Names of the files being imported, outermost first.
        self.importing: tuple[str, ...] = (source.name,)
        self.loop_depth = 0
        #: Whether a loop's body is being checked only for the types that its turns leave.
        self.rehearses = False

    # --- the program --------------------------------------------------------------------------------

    def program(self, tree: ast.Program, unparsed: list[Diagnostic]) -> hir.Unit | None:
        """Check every root expression in order; return the unit unless there was an error.

        The parser's findings are reported where the expressions that they stand for would have been.
        """
        body = []
        waiting = list(unparsed)
        for node in tree.body:
            self.pending.clear()
            if isinstance(node, ast.Invalid):
                self.diagnostics.extend(waiting[:1])
                del waiting[:1]
                continue
            found = self.check(node)
            self.report_pending()
            if found is not None:
                body.append(found.hir)
        self.diagnostics.extend(waiting)
        if any(finding.is_error for finding in self.diagnostics):
            return None
        return self.unit(tree.span, body)

    def unit(self, span: Span, body: list[hir.Hir]) -> hir.Unit:
        """Return the unit of a checked body."""
        type = body[-1].type if body else Type(NULL)
        sequence = hir.Sequence(span, type, tuple(body), any(item.fallible for item in body))
        return hir.Unit(sequence, tuple(self.slots), effects_of(sequence))

    def report_pending(self) -> None:
        """Report fallibility that nobody handled."""
        severity = Severity.WARNING if self.options.is_lenient else Severity.ERROR
        for waiting in self.pending:
            finding = self.worded(waiting)
            self.diagnostics.append(replace(finding, severity=severity))
        self.pending.clear()

    @staticmethod
    def worded(waiting: Diagnostic | problems.UncertainArgument) -> Diagnostic:
        """Return the diagnostic of unhandled fallibility."""
        if isinstance(waiting, problems.UncertainArgument):
            return problems.invalid_argument_type(waiting, certain=False)
        return waiting

    # --- one expression -----------------------------------------------------------------------------

    def check(self, node: ast.Expression) -> Result | None:
        """Check an expression; what can fail and is not handled inside waits in `pending`."""
        mark = len(self.pending)
        found = RULES[type(node)](self, node)
        if found is None:
            return None
        if found.fallible and len(self.pending) == mark:
            self.pending.append(problems.unhandled_error(node.span, node))
        self.types[node.span] = found.type
        return found

    def check_all(self, nodes: tuple[ast.Expression, ...]) -> list[Result] | None:
        """Check expressions in order, giving up at the first hard error."""
        results = []
        for node in nodes:
            found = self.check(node)
            if found is None:
                return None
            results.append(found)
        return results

    def types_again(self, nodes: tuple[ast.Expression, ...]) -> list[Type | None]:
        """Return the types that checked expressions would have if they ran once more, from where they ended.

        VRL asks for types when the state has already gone on. None stands for what would not compile.
        """
        if self.rehearses:  # once is enough, or the work would double with every nested call
            return [None] * len(nodes)
        ended, diagnostics, pending = self.state, len(self.diagnostics), len(self.pending)
        self.rehearses = True
        results = [self.check(node) for node in nodes]
        self.rehearses = False
        self.state = ended
        del self.diagnostics[diagnostics:], self.pending[pending:]
        return [None if found is None else found.type for found in results]

    def fail(self, finding: Diagnostic, mark: int | None = None) -> None:
        """Report a hard error; with a mark, fallibility that waited since then is part of it."""
        self.diagnostics.append(finding)
        if mark is not None:
            del self.pending[mark:]

    def settle(self, finding: Diagnostic, mark: int) -> bool:
        """Report unhandled fallibility at a place that needs certainty; tell whether checking goes on.

        In the lenient dialect it is a warning, and the expression behaves as with `!`.
        """
        lenient = self.options.is_lenient
        self.diagnostics.append(replace(finding, severity=Severity.WARNING) if lenient else finding)
        del self.pending[mark:]
        return lenient

    def is_certain(self, node: ast.Expression, found: Result, mark: int) -> bool:
        """Tell whether an expression cannot fail, or may go on as with `!`; report it otherwise."""
        return not found.fallible or self.settle(problems.unhandled_error(node.span, node), mark)

    def cause_since(self, mark: int) -> Diagnostic | problems.UncertainArgument | None:
        """Return the first fallibility that waits since a mark."""
        return self.pending[mark] if len(self.pending) > mark else None

    # --- state --------------------------------------------------------------------------------------

    def slot(self, name: str) -> str:
        """Return a variable's slot, made on first use."""
        self.slots.setdefault(name)
        return name

    def fresh_slot(self, name: str) -> str:
        """Return a slot of its own for a name that may be in use."""
        slot, count = name, 1
        while slot in self.slots:
            count += 1
            slot = f"{name}#{count}"
        self.slots[slot] = None
        return slot

    def sound(self, type: Type) -> Type:
        """Return a place's type as the HIR may state it."""
        if not self.trusted or type.is_never:
            return ANY
        return type

    def distrust(self, certain: State, possible: State) -> None:
        """Note when a state that VRL assumes does not cover one that may be the case at run time.

        VRL's checker ignores some paths (a closure's second turn, a failure halfway). A program where that could
        matter is checked again with all places untyped in the HIR, so that no backend relies on a wrong type.
        """
        if not certain.covers(possible):
            self.is_sound = False

    def scoped(self, nodes: tuple[ast.Expression, ...]) -> list[Result] | None:
        """Check a block's expressions in a scope of their own; after an error the scope stays open, as in VRL."""
        outer = self.state
        results = self.check_all(nodes)
        if results is not None:
            self.state = outer.leaving(self.state)
        return results

    def block(self, node: ast.Block) -> Result | None:
        """Check a block: a scope, the value of its last expression."""
        results = self.scoped(node.body)
        return None if results is None else self.sequence(node.span, results)

    @staticmethod
    def sequence(span: Span, results: list[Result]) -> Result:
        """Return expressions in sequence as one: the last one's value."""
        fallible = any(found.fallible for found in results)
        type = results[-1].type if results else Type(NULL)
        if len(results) == 1:
            return Result(results[0].hir, type, fallible)
        parts = tuple(found.hir for found in results)
        return Result(
            hir.Sequence(span, parts[-1].type if parts else type, parts, any(p.fallible for p in parts)), type, fallible
        )


RULES: dict[type, Rule] = {}


def rule(*kinds: type) -> Callable[[Rule], Rule]:
    """Register the rule for node classes."""

    def add(body: Rule) -> Rule:
        for kind in kinds:
            RULES[kind] = body
        return body

    return add


def null_if_undefined(type: Type) -> Type:
    """Return a read's run-time type: what is absent reads as null."""
    return type.without_kinds(UNDEFINED).with_kinds(NULL) if type.kinds & UNDEFINED else type
