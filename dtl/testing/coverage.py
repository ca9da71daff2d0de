"""Which statements and branches of scripts the cases ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from dtl.source import Source
from dtl.syntax import nodes as ast
from dtl.syntax.parser import parse
from dtl.syntax.visit import walk


@dataclass
class Covered:
    """A script's coverage: statements and branches by span, and which of them ran."""

    source: Source
    statements: dict[tuple[int, int], bool] = field(default_factory=dict)
    branches: dict[tuple[int, int], bool] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Return the share of statements and branches that ran."""
        all_ = [*self.statements.values(), *self.branches.values()]
        return sum(all_) / len(all_) if all_ else 1.0

    def ways_past(self) -> list[int]:
        """Return the last lines of each `if` without `else` that always did something."""
        spans = sorted(span for span, ran in self.branches.items() if span[0] == span[1] and not ran)
        return [self.source.position(start).line for start, _ in spans]

    def lines(self) -> dict[int, bool]:
        """Return each line on which a statement begins, and whether all that begin there ran."""
        found: dict[int, bool] = {}
        for (start, _), ran in self.statements.items():
            line = self.source.position(start).line
            found[line] = found.get(line, True) and ran
        return found


def measure(name: str, text: str, dialect: str, ran: set[tuple[int, int]]) -> Covered:
    """Return a script's coverage, given the spans of what was evaluated."""
    source = Source(text, name)
    tree, _ = parse(source, dialect)
    covered = Covered(source)
    for node in [*tree.body, *(part for top in tree.body for part in walk(top))]:
        if isinstance(node, ast.Block):
            for part in node.body:
                covered.statements[part.span] = _has_run(part, ran)
        if isinstance(node, ast.If):
            for branch in node.branches:
                covered.branches[branch.body.span] = any(_has_run(part, ran) for part in branch.body.body)
            if node.otherwise is None:
                nothing = (node.span.end, node.span.end)  # the interpreter notes so that no branch was taken
                covered.branches[nothing] = nothing in ran
            else:
                covered.branches[node.otherwise.span] = any(_has_run(part, ran) for part in node.otherwise.body)
    for node in tree.body:
        if not isinstance(node, (ast.Function, ast.Import)):
            covered.statements[node.span] = _has_run(node, ran)
    return covered


def _has_run(node: ast.Expression, ran: set[tuple[int, int]]) -> bool:
    start, end = node.span
    return (start, end) in ran or any(start <= first and last <= end for first, last in ran)


def table(scripts: list[Covered]) -> str:
    """Return the coverage as a table for the terminal."""
    rows = []
    for script in scripts:
        lines = ", ".join(str(line) for line, ran in sorted(script.lines().items()) if not ran)
        ways = ", ".join(str(line) for line in script.ways_past())
        missing = [*([f"lines {lines}"] if lines else []), *([f"the way past the `if` at {ways}"] if ways else [])]
        rows.append(
            f"{script.share:>7.1%}  {script.source.name}" + (f"  (not run: {'; '.join(missing)})" if missing else "")
        )
    return "\n".join(rows)


def lcov(scripts: list[Covered]) -> str:
    """Return the coverage in LCOV's format."""
    parts = []
    for script in scripts:
        lines = script.lines()
        parts += [f"SF:{script.source.name}", *(f"DA:{line},{int(ran)}" for line, ran in sorted(lines.items()))]
        for number, ((start, _), ran) in enumerate(sorted(script.branches.items())):
            parts.append(f"BRDA:{script.source.position(start).line},0,{number},{int(ran)}")
        parts += [f"BRF:{len(script.branches)}", f"BRH:{sum(script.branches.values())}"]
        parts += [f"LF:{len(lines)}", f"LH:{sum(lines.values())}", "end_of_record"]
    return "\n".join(parts) + "\n"


def html(scripts: list[Covered]) -> str:
    """Return the coverage as one page: lines that did not run are marked."""
    sections = []
    for script in scripts:
        lines = script.lines()
        rows = []
        for number, text in enumerate(script.source.text.split("\n"), 1):
            ran = lines.get(number)
            name = "" if ran is None else ' class="ran"' if ran else ' class="missed"'
            rows.append(f"<li{name}><code>{escape(text) or '&nbsp;'}</code></li>")
        sections.append(f"<h2>{escape(script.source.name)}: {script.share:.1%}</h2><ol>{''.join(rows)}</ol>")
    style = "ol{font-family:monospace;white-space:pre}.ran{background:#e6ffe6}.missed{background:#ffe0e0}"
    return f"<!doctype html><meta charset=utf-8><title>Coverage</title><style>{style}</style>{''.join(sections)}"
