"""A diagnostic as text for a terminal, plain or coloured."""

from __future__ import annotations

from collections.abc import Iterable

from dtl.diagnostics.codes import notes
from dtl.diagnostics.diagnostic import Diagnostic, Severity
from dtl.diagnostics.snippet import Line, Piece, Style, draw
from dtl.source import Source, without_controls

_SEVERITY_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFORMATION: "1;34",
    Severity.HINT: "1;36",
}
_SEVERITY_WORDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "help",
}


def render(diagnostics: Iterable[Diagnostic], source: Source, *, colour: bool = False) -> str:
    """Return a report on a program: a block for each diagnostic, a blank line between blocks.

    The text has no line feed at its ends, and no line ends in white space.
    """
    return "\n\n".join(render_one(diagnostic, source, colour=colour) for diagnostic in diagnostics)


def render_one(diagnostic: Diagnostic, source: Source, *, colour: bool = False) -> str:
    """Return the report on one diagnostic."""
    colours = _colours(diagnostic.severity) if colour else {}
    return "\n".join(_as_text(line, colours) for line in _lines(diagnostic, diagnostic.source or source))


def all_notes(diagnostic: Diagnostic) -> list[str]:
    """Return the lines of a diagnostic's own notes, and of those that its code always has."""
    own = [line for note in diagnostic.notes for line in note.split("\n")]
    return own + [note for note in notes(diagnostic.code, with_suggestion=bool(own)) if note not in own]


def _lines(diagnostic: Diagnostic, source: Source) -> list[Line]:
    number = f"[E{diagnostic.code:03}]"
    severity = _SEVERITY_WORDS[diagnostic.severity]
    lines: list[Line] = [[Piece(severity + number, Style.SEVERITY), Piece(f": {diagnostic.message}", Style.TITLE)]]
    width, snippet = draw(diagnostic.labels, source)
    lines += snippet
    remarks = all_notes(diagnostic)
    if remarks and snippet:
        lines.append([Piece(" " * (width + 1) + "│", Style.GUTTER)])
    lines += [[Piece(" " * (width + 1) + "=", Style.GUTTER), Piece(f" {note}")] for note in remarks]
    return lines


def _colours(severity: Severity) -> dict[Style, str]:
    own = _SEVERITY_COLOURS[severity]
    return {
        Style.SEVERITY: own,
        Style.TITLE: "1",
        Style.GUTTER: "34",
        Style.PRIMARY: own.removeprefix("1;"),
        Style.SECONDARY: "34",
    }


def _as_text(line: Line, colours: dict[Style, str]) -> str:
    """Return a line without white space at its end; neighbours of one style share their colour codes."""
    line = [piece._replace(text=without_controls(piece.text)) for piece in line]
    plain = "".join(piece.text for piece in line)
    if not colours:
        # A label's text may hold line feeds of its own.
        return "\n".join(part.rstrip() for part in plain.split("\n"))
    left = len(plain.rstrip())
    text = ""
    current = Style.TEXT
    for piece in line:
        shown = piece.text[:left]
        left -= len(shown)
        if not shown:
            continue
        if piece.style is not current and not shown.isspace():
            if current is not Style.TEXT:
                text += "\x1b[0m"
            if piece.style is not Style.TEXT:
                text += f"\x1b[{colours[piece.style]}m"
            current = piece.style
        text += shown
    return text if current is Style.TEXT else f"{text}\x1b[0m"
