"""What an editor shows of the compiler's findings."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from dtl.diagnostics.codes import CODES
from dtl.diagnostics.diagnostic import Diagnostic, Severity
from dtl.diagnostics.render import all_notes
from dtl.ide.analysis import Analysis
from dtl.ide.reach import leads_to
from dtl.source import Source, Span
from dtl.syntax import nodes

_BACKSLASH = "\\"
_UNUSED = frozenset((900, 1001, 1002))
_DEPRECATED = frozenset((801,))


@dataclass(frozen=True)
class Related:
    """Another place that explains a finding."""

    source: Source
    span: Span
    text: str


@dataclass(frozen=True)
class Finding:
    """A finding as an editor shows it.

    Attributes:
        tag: "unnecessary", "deprecated" or nothing.
        link: The page of its code, if it has one.
        notes: The sentences after the message.
    """

    span: Span
    severity: Severity
    code: str
    message: str
    notes: tuple[str, ...]
    related: tuple[Related, ...]
    tag: str | None
    link: str | None
    origin: Diagnostic


def findings(analysis: Analysis, pages: str | None = None) -> list[Finding]:
    """Return a document's findings; one that lies in an imported file is shown at the import.

    `pages` is the address below which the codes' pages are, where there is one.
    """
    found = [_finding(each, analysis, pages) for each in analysis.diagnostics]
    return list({(each.span, each.code, each.message): each for each in found}.values())


def _finding(found: Diagnostic, analysis: Analysis, pages: str | None) -> Finding:
    source = found.source or analysis.source
    primary = next((label for label in found.labels if label.primary), None)
    span = found.span
    message = found.message
    if primary is not None and primary.text and primary.text not in message:
        message += f": {primary.text}"
    related = [Related(source, label.span, label.text) for label in found.labels if label is not primary and label.text]
    if found.source is not None and found.source.name != analysis.source.name:
        related.insert(0, Related(source, span, message))
        message = f"in {posixpath.basename(source.name.replace(_BACKSLASH, '/'))}: {message}"
        span = _import_of(analysis, source)
    return Finding(
        span,
        found.severity,
        f"E{found.code:03}" if found.code else "",
        message,
        tuple(note for note in all_notes(found) if "http" not in note and not note.startswith("run `dtl explain")),
        tuple(related),
        "unnecessary" if found.code in _UNUSED else "deprecated" if found.code in _DEPRECATED else None,
        link(found.code, pages),
        found,
    )


def _import_of(analysis: Analysis, source: Source) -> Span:
    """Return the path of the import that leads to a text, directly or not."""
    imports = [node for node in analysis.tree.body if isinstance(node, nodes.Import)]
    texts = {each.name: each for each in analysis.imported}
    for node in imports:
        if leads_to(node, source.name, texts):
            return node.path.span
    return imports[0].path.span if imports else Span(0, 0)


def link(code: int, pages: str | None = None) -> str | None:
    """Return the address of a code's page: the language's own where it has one, else below `pages`."""
    if 100 <= code <= 110:
        return f"https://errors.vrl.dev/{code}"
    return f"{pages.rstrip('/')}/E{code:03}" if pages and code in CODES else None
