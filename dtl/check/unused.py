"""Warn of values and variables that nobody reads (spec 7.6)."""

from __future__ import annotations

from dataclasses import replace

from dtl.check.problems import here, problem
from dtl.diagnostics.diagnostic import Diagnostic, Label, Severity
from dtl.functions.function import Effect
from dtl.functions.registry import Registry
from dtl.source import Source, Span
from dtl.syntax import nodes as ast
from dtl.syntax.show import show as show_code
from dtl.syntax.visit import children

#: Calls that are made for what they do, not for what they give.
_ACTIONS = frozenset(("del", "log", "assert", "assert_eq", "set_semantic_meaning"))
_LITERALS = (
    ast.String,
    ast.RawString,
    ast.Template,
    ast.Integer,
    ast.Float,
    ast.Boolean,
    ast.Null,
    ast.Regex,
    ast.Timestamp,
)


def unused(tree: ast.Program, functions: Registry, dialect: str) -> list[Diagnostic]:
    """Return a warning for each value or variable that nobody reads."""
    visitor = _Visitor(functions, dialect)
    for index, node in enumerate(tree.body):
        visitor.visit(node, index == len(tree.body) - 1, in_block=False)
    return [*visitor.warnings, *visitor.unread_variables()]


class Unused:
    """Finds the same for versions of one document, remembering what each root expression gave.

    Only the last version's expressions are kept, by their text.
    """

    def __init__(self, functions: Registry, dialect: str) -> None:
        self.functions = functions
        self.dialect = dialect
        self._seen: dict[tuple[str, bool], tuple[int, _Visitor]] = {}

    def find(self, tree: ast.Program, source: Source) -> list[Diagnostic]:
        """Return a warning for each value or variable that nobody reads."""
        seen: dict[tuple[str, bool], tuple[int, _Visitor]] = {}
        total = _Visitor(self.functions, self.dialect)
        for index, node in enumerate(tree.body):
            key = (source.slice(node.span), index == len(tree.body) - 1)
            known = self._seen.get(key)
            if known is None:
                visitor = _Visitor(self.functions, self.dialect)
                visitor.visit(node, key[1], in_block=False)
                known = (node.span.start, visitor)
            seen[key] = known
            total.take(known[1], node.span.start - known[0])
        self._seen = seen
        return [*total.warnings, *total.unread_variables()]


class _Visitor:
    """Walks a program; `used` says whether the value of the expression at hand is read."""

    def __init__(self, functions: Registry, dialect: str) -> None:
        self.functions = functions
        self.dialect = dialect
        self.warnings: list[Diagnostic] = []
        self.assigned: dict[str, Span] = {}
        self.read: set[str] = set()
        self.closures = 0

    def take(self, other: _Visitor, by: int) -> None:
        """Add what another root expression gave, its places moved."""
        self.warnings += [_moved(warning, by) for warning in other.warnings]
        for name, span in other.assigned.items():
            if name not in self.assigned:
                self.read.discard(name)
                self.assigned[name] = Span(span.start + by, span.end + by)
        self.read |= other.read

    def warn(self, what: str, node: ast.Expression) -> None:
        """Add a warning."""
        self.warnings.append(
            problem(
                900,
                here(node.span, "help: use the result of this expression or remove it"),
                message=f"{what} `{show_code(node)}`",
                severity=Severity.WARNING,
                notes=("this expression has no side-effects",),
            )
        )

    def visit(self, node: ast.Expression, used: bool, in_block: bool) -> None:
        """Look at an expression."""
        if isinstance(node, _LITERALS):
            if not used:
                self.warn("unused literal", node)
            if isinstance(node, ast.Template):
                self.read.update(part.name for part in node.parts if isinstance(part, ast.Variable))
        elif isinstance(node, ast.Variable):
            self.read.add(node.name)
        elif isinstance(node, (ast.Call, ast.MethodCall)):
            self.call(node, used, in_block)
        elif isinstance(node, ast.Object):
            if not used:
                self.warn("unused object", node)
            for entry in node.entries:
                self.visit(entry.value, True, in_block)
        elif isinstance(node, ast.Array):
            for item in node.items:
                self.visit(item, used, in_block)
        elif isinstance(node, ast.Unary):
            self.visit(node.operand, used, in_block)
        elif isinstance(node, ast.Group):
            self.visit(node.inner, used, in_block)
        elif isinstance(node, ast.Binary):
            flow = node.operator.text in ("??", "||", "&&")
            self.visit(node.left, used or flow, in_block)
            self.visit(node.right, True, in_block)
        elif isinstance(node, ast.Block):
            self.block(node, used)
        elif isinstance(node, (ast.Assign, ast.AssignResult)):
            self.assignment(node)
        elif isinstance(node, ast.If):
            for branch in node.branches:
                for index, part in enumerate(branch.predicate):
                    self.visit(part, index == len(branch.predicate) - 1, in_block)
                self.block(branch.body, used)
            if node.otherwise is not None:
                self.block(node.otherwise, used)
        else:
            for child in children(node):
                self.visit(child, True, in_block)

    def block(self, node: ast.Block, used: bool) -> None:
        """Look at a block: only its last value may be read."""
        for index, part in enumerate(node.body):
            self.visit(part, used and index == len(node.body) - 1, in_block=True)

    def call(self, node: ast.Call | ast.MethodCall, used: bool, in_block: bool) -> None:
        """Look at a call and its arguments."""
        quiet = node.closure is not None or node.name.text in _ACTIONS or (in_block and node.bang is None)
        if not used and not quiet:
            function = self.functions.get(node.name.text, self.dialect)
            if function is not None and function.effect is not Effect.STATE:
                self.warn("unused result for function call", node)
        if isinstance(node, ast.MethodCall):
            self.visit(node.receiver, True, in_block)
        for argument in node.arguments:
            self.visit(argument.value, True, in_block)
        if node.closure is not None:
            self.closures += 1
            self.block(node.closure.body, True)
            self.closures -= 1

    def assignment(self, node: ast.Assign | ast.AssignResult) -> None:
        """Look at an assignment: the first plain one of each name is remembered."""
        self.visit(node.value, True, in_block=False)
        targets = (node.target,) if isinstance(node, ast.Assign) else (node.ok, node.error)
        merges = node.operator.text == "|="
        for target in targets:
            if isinstance(target, ast.Variable):
                if merges or self.closures:
                    self.read.add(target.name)
                elif target.name not in self.assigned:
                    self.read.discard(target.name)
                    self.assigned[target.name] = target.span
            elif isinstance(target, ast.Query) and isinstance(target.target, ast.Variable):
                self.read.add(target.target.name)

    def unread_variables(self) -> list[Diagnostic]:
        """Return a warning for each variable that is assigned and never read, by name."""
        return [
            problem(
                900,
                here(self.assigned[name], "help: use the result of this expression or remove it"),
                message=f"unused variable `{name}`",
                severity=Severity.WARNING,
                notes=("this expression has no side-effects",),
            )
            for name in sorted(self.assigned)
            if name not in self.read and not name.startswith("_")
        ]


def _moved(warning: Diagnostic, by: int) -> Diagnostic:
    labels = tuple(
        Label(Span(each.span.start + by, each.span.end + by), each.text, each.primary) for each in warning.labels
    )
    return replace(warning, labels=labels)
