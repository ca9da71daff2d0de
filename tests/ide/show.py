"""What the editor's features say, as text that people can read in a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from dtl.check import CheckOptions
from dtl.functions.standard import standard_library
from dtl.ide import rename as renaming
from dtl.ide.actions import actions, applied, fix_all
from dtl.ide.analysis import Analysis, Analyzer
from dtl.ide.calls import function_at, incoming, outgoing
from dtl.ide.completion import complete
from dtl.ide.cursor import surroundings
from dtl.ide.evaluation import evaluate
from dtl.ide.findings import findings
from dtl.ide.folding import folds
from dtl.ide.formatting import format_document, format_range
from dtl.ide.hover import hover
from dtl.ide.inlay import hints
from dtl.ide.lens import lenses, line_ends
from dtl.ide.places import Place, definition, highlights, references
from dtl.ide.sample import Sample
from dtl.ide.selection import selections
from dtl.ide.signature import signature_help, statement_start
from dtl.ide.symbols import Symbol, symbols
from dtl.ide.tokens import tokens
from dtl.source import Source, Span

CURSOR = "‸"
NAME = "main.dtl"


def analyzed(text: str, dialect: str, files: dict[str, str], events: Iterable[dict[str, object]] = ()) -> Analysis:
    """Return the snapshot of a program that may import files."""

    def load(name: str, importer: Source) -> Source:
        if name not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return Source(files[name], name)

    options = CheckOptions(dialect=dialect, load=load)
    return Analyzer(standard_library(), options).analyze(Source(text, NAME), Sample.of(events))


def _marked(text: str, inserts: Iterable[tuple[int, str]]) -> str:
    """Return a text with others put in at offsets; those at one offset come in their order."""
    for offset, insert in reversed(sorted(inserts, key=lambda row: row[0])):
        text = text[:offset] + insert + text[offset:]
    return text


def _places(found: Iterable[Place]) -> str:
    by_text: dict[str, tuple[Source, list[Place]]] = {}
    for each in found:
        by_text.setdefault(each.source.name, (each.source, []))[1].append(each)
    parts = []
    for name, (source, places) in sorted(by_text.items()):
        inserts = [row for p in places for row in ((p.span.start, "«" + "=" * p.is_write), (p.span.end, "»"))]
        parts.append((f"-- {name}\n" if len(by_text) > 1 or name != NAME else "") + _marked(source.text, inserts))
    return "\n".join(part.rstrip("\n") for part in parts) or "nothing"


def show_hover(analysis: Analysis, span: Span) -> str:
    """Show the range and the text."""
    found = hover(analysis, span.start)
    return "nothing" if found is None else f"on: {analysis.source.slice(found.span)}\n{found.text}"


def near(folder: str) -> list[str]:
    """Return what there is to import."""
    return {"": ["texts.dtl", "times.dtl", "shared/"], "shared/": ["codes.dtl"]}.get(folder, [])


def show_completion(analysis: Analysis, span: Span) -> str:
    """Show the first items: those that begin as the word does, and of an empty word no functions and keywords."""
    around = surroundings(analysis.text, statement_start(analysis, span.start), span.start)
    word = around.path.piece if around.path is not None else around.word
    found = sorted(complete(analysis, span.start, near), key=lambda item: (item.rank, item.label))
    kept = [
        item
        for item in found
        if (item.filter or item.label).startswith(word)
        and (word or item.rank < 3 or item.kind not in ("function", "keyword", "method"))
    ]
    lines = [f"{item.kind} {item.label} -> {item.text!r} {item.detail}".rstrip() for item in kept[:12]]
    rest = len(kept) - 12
    return "\n".join(lines + ([f"and {rest} more"] if rest > 0 else [])) or "nothing"


def show_signature(analysis: Analysis, span: Span) -> str:
    """Show the head with the active parameter marked."""
    found = signature_help(analysis, span.start)
    if found is None:
        return "nothing"
    if found.active is None:
        return found.head
    start, end = found.parameters[found.active].place
    return f"{found.head[:start]}«{found.head[start:end]}»{found.head[end:]}\n{found.parameters[found.active].text}"


def show_definition(analysis: Analysis, span: Span) -> str:
    """Show where the name is made."""
    found = definition(analysis, span.start)
    return "nothing" if found is None else _places([found])


def show_references(analysis: Analysis, span: Span) -> str:
    """Show all places, writes with `=`."""
    return _places(references(analysis, span.start))


def show_highlight(analysis: Analysis, span: Span) -> str:
    """Show the places in the text."""
    return _places(highlights(analysis, span.start))


def show_rename(analysis: Analysis, span: Span) -> str:
    """Rename to `renamed` and show the texts, or why not."""
    try:
        renaming.prepare(analysis, span.start)
        found = renaming.rename(analysis, span.start, "renamed")
    except renaming.CannotRename as reason:
        return f"refused: {reason}"
    texts = [(each.source.name, applied(each.source.text, each.edits)) for each in found]
    return "\n".join((f"-- {name}\n" if name != NAME else "") + text.rstrip("\n") for name, text in texts)


def show_symbols(analysis: Analysis, span: Span) -> str:
    """Show the tree."""

    def lines(found: Iterable[Symbol], indent: str) -> Iterable[str]:
        for each in found:
            yield f"{indent}{each.kind} {each.name} {each.detail}".rstrip()
            yield from lines(each.inner, indent + "  ")

    return "\n".join(lines(symbols(analysis), ""))


def show_folding(analysis: Analysis, span: Span) -> str:
    """Show the line ranges."""
    return "\n".join(f"{fold.first}-{fold.last} {fold.kind}".rstrip() for fold in folds(analysis)) or "nothing"


def show_selection(analysis: Analysis, span: Span) -> str:
    """Show the ranges from inside."""
    return "\n".join(repr(analysis.source.slice(each)) for each in selections(analysis, span.start))


def show_tokens(analysis: Analysis, span: Span) -> str:
    """Show each token, its kind and its modifiers."""
    return "\n".join(
        " ".join([repr(analysis.source.slice(each.span)), each.kind, *each.modifiers]) for each in tokens(analysis)
    )


def show_inlay(analysis: Analysis, span: Span) -> str:
    """Show the hints in the text."""
    return _marked(analysis.text, [(h.offset, f"⟦{h.text}⟧") for h in hints(analysis, Span(0, len(analysis.text)))])


def show_formatting(analysis: Analysis, span: Span) -> str:
    """Show the formatted text; with a selection, only that is formatted."""
    edits = format_range(analysis, span) if span.start < span.end else format_document(analysis)
    return applied(analysis.text, tuple(edits))


def show_findings(analysis: Analysis, span: Span) -> str:
    """Show findings with what hangs on them."""
    lines = []
    for each in findings(analysis):
        lines.append(f"{each.severity.value} {each.code} at {analysis.source.slice(each.span)!r}: {each.message}")
        lines += [f"  related {r.source.slice(r.span)!r}: {r.text}" for r in each.related]
        lines += [f"  {name} {value}" for name, value in (("tag", each.tag), ("link", each.link)) if value]
    return "\n".join(lines) or "nothing"


def show_actions(analysis: Analysis, span: Span) -> str:
    """Show what is offered and what it makes of the program."""
    parts = []
    for each in actions(analysis, span):
        safety = "safe" if each.is_safe else "unsafe"
        after = applied(analysis.text, each.edits).rstrip("\n").replace("\n", "\n    ")
        parts.append(f"{each.title} ({each.kind}, {safety})\n    {after}")
    every = fix_all(analysis)
    if every is not None:
        after = applied(analysis.text, every.edits).rstrip("\n").replace("\n", "\n    ")
        parts.append(f"{every.title} ({every.kind})\n    {after}")
    return "\n".join(parts) or "nothing"


def show_calls(analysis: Analysis, span: Span) -> str:
    """Show who calls the function at the cursor and whom it calls."""
    found = function_at(analysis, span.start)
    if found is None:
        return "nothing"
    lines = [f"{found.name} in {found.source.name}"]
    lines += [f"called by {caller.name} at {len(spans)} places" for caller, spans in incoming(found, [analysis])]
    lines += [f"calls {callee.name} at {len(spans)} places" for callee, spans in outgoing(found, analysis)]
    return "\n".join(lines)


def show_lens(analysis: Analysis, span: Span) -> str:
    """Show the lenses, what becomes of each event, and the values at line ends."""
    found = evaluate(analysis.source, analysis.dialect, analysis.sample.events)
    lines = [f"{each.title}: {each.command}" for each in lenses(analysis)]
    lines += [f"{run.status} {run.event} {run.error}".rstrip() for run in found.runs]
    lines += [found.problem] if found.problem else []
    ends = [(offset, f"  # = {value}") for offset, value in line_ends(analysis.text, found.values)]
    return "\n".join([*lines, _marked(analysis.text, ends)])


#: What each file of cases shows.
FEATURES: dict[str, Callable[[Analysis, Span], str]] = {
    name.removeprefix("show_"): value for name, value in list(globals().items()) if name.startswith("show_")
}


def read_events(text: str) -> list[dict[str, object]]:
    """Return the events of a sample, one to a line."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]
