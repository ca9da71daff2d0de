"""Where a name is made and where else it stands: definition, references, highlights, in this text and in others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dtl.ide.analysis import Analysis
from dtl.ide.names import Occurrence
from dtl.ide.reach import is_shared, mentioning
from dtl.source import Source, Span
from dtl.syntax import nodes


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a text."""

    source: Source
    span: Span
    is_write: bool = False


def definition(analysis: Analysis, offset: int) -> Place | None:
    """Return where the name at an offset is made; for an import, the file's start."""
    found = analysis.names.at(offset)
    if found is not None and found.key[0] == "function":
        declared = analysis.user_functions.get(found.key[1])
        return None if declared is None else Place(declared[1], declared[0].name.span, True)
    if found is not None:
        made = _made(analysis, found)
        return None if made is None else Place(analysis.source, made.span, True)
    trail = analysis.trail(offset)
    if trail and isinstance(trail[0], nodes.Import):
        ending = trail[0].path.value.split("/")[-1]
        for source in analysis.imported:
            if source.name.replace("\\", "/").split("/")[-1] == ending:
                return Place(source, Span(0, 0))
    return None


def _made(analysis: Analysis, found: Occurrence) -> Occurrence | None:
    """Return where a variable or field that is read was written: the nearest place before, else the first."""
    places = analysis.names.of_key(found.key)
    declared = next((each for each in places if each.is_declaration), None)
    if declared is not None:
        return declared
    writes = [each for each in places if each.is_write]
    before = [each for each in writes if each.span.start < found.span.start]
    if writes:
        return before[-1] if before else writes[0]
    # Of an object that is made field by field, the first field.
    return places[0] if places and places[0].span.start < found.span.start else None


def references(analysis: Analysis, offset: int, others: Iterable[Analysis] = ()) -> list[Place]:
    """Return every place of the name at an offset; `others` are programs that may import, or be imported."""
    found = analysis.names.at(offset)
    if found is None:
        return []
    if found.key[0] == "function":
        declared = analysis.user_functions.get(found.key[1])
        if declared is not None:
            return function_places(analysis, declared, others)
    if is_shared(found.key):
        return [
            Place(text.source, each.span, each.is_write)
            for text in mentioning(analysis, found.key, others)
            for each in text.names.of_key(found.key)
        ]
    return [Place(analysis.source, each.span, each.is_write) for each in analysis.names.of_key(found.key)]


def function_places(
    analysis: Analysis, declared: tuple[nodes.Function, Source], others: Iterable[Analysis]
) -> list[Place]:
    """Return every place of a user function, in the text that declares it and in those that import it."""
    home = declared[1].name
    found: dict[tuple[Source, Span], Place] = {}
    for each in (analysis, *others):
        for alias in aliases(each, declared[1], declared[0].name.text):
            for occurrence in each.names.of_key(("function", alias)):
                place = Place(each.source, occurrence.span, occurrence.is_write)
                found.setdefault((each.source, occurrence.span), place)
        for span in _imports(each, declared[1], declared[0].name.text):
            found.setdefault((each.source, span), Place(each.source, span))
    if all(source.name != home for source, _ in found):
        found[declared[1], declared[0].name.span] = Place(declared[1], declared[0].name.span, True)
    return sorted(found.values(), key=lambda place: (place.source.name, place.span))


def _imports(analysis: Analysis, home: Source, function: str) -> Iterator[Span]:
    """Give where a text's imports name a function of another."""
    for node in analysis.tree.body:
        for name, alias in (node.names or ()) if isinstance(node, nodes.Import) else ():
            target = analysis.user_functions.get(alias.text)
            if target is not None and _is_same(target[1], home) and target[0].name.text == function == name.text:
                yield name.span


def aliases(analysis: Analysis, home: Source, name: str) -> list[str]:
    """Return under which names a text calls a function of another."""
    return [
        alias
        for alias, (node, source) in analysis.user_functions.items()
        if _is_same(source, home) and node.name.text == name
    ]


def _is_same(one: Source, other: Source) -> bool:
    """Tell whether two texts are one file; the programs in a file have its name, and each a text of its own.

    Of an imported file, a program may have seen another version.
    """
    return one == other or (one.name == other.name and one.name.endswith((".dtl", ".vrl")))


def highlights(analysis: Analysis, offset: int) -> list[Place]:
    """Return the places of the name at an offset in this text alone."""
    found = analysis.names.at(offset)
    if found is None:
        return []
    return [Place(analysis.source, each.span, each.is_write) for each in analysis.names.of_key(found.key)]
