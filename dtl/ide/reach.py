"""Which texts belong together: a program, what it imports, and those that import it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from dtl.ide.analysis import Analysis
from dtl.ide.names import Key, Names
from dtl.source import Source
from dtl.syntax import nodes
from dtl.syntax.parser import parse


class Text:
    """A text and what its names mean."""

    def __init__(self, source: Source, analysis: Analysis | None = None) -> None:
        self.source = source
        self.analysis = analysis

    @cached_property
    def names(self) -> Names:
        """Return what its names mean; of a text that nobody has open, this is read from it now."""
        if self.analysis is not None:
            return self.analysis.names
        return Names.of(parse(self.source, "dtl")[0])


def around(analysis: Analysis, others: Iterable[Analysis], spreads: Callable[[Text], bool]) -> list[Text]:
    """Return a program's text, all that it imports, and what imports any of these in which a thing is.

    `spreads` tells whether the thing is in a text. Event fields are the importer's: what a function of another file
    reads is a field of the event of whoever calls it, so a field is in all of these texts at once.
    """
    programs = {each.source.name: each for each in others}
    found: dict[str, Text] = {analysis.source.name: Text(analysis.source, analysis)}
    waiting = [found[analysis.source.name]]
    while waiting:
        text = waiting.pop()
        near: list[Text] = []
        if text.analysis is not None:
            near += [Text(source, programs.get(source.name)) for source in text.analysis.imported]
        if spreads(text):
            near += [
                Text(each.source, each)
                for each in programs.values()
                if any(source.name == text.source.name for source in each.imported)
            ]
        for each in near:
            if each.source.name not in found:
                found[each.source.name] = each
                waiting.append(each)
    return [text for text in found.values() if text.analysis is analysis or spreads(text)]


def mentioning(analysis: Analysis, key: Key, others: Iterable[Analysis]) -> list[Text]:
    """Return the texts that a field of the event is in, the program's own first."""
    return around(analysis, others, lambda text: bool(text.names.of_key(key)))


def leads_to(node: nodes.Import, target: str, texts: Mapping[str, Source], seen: frozenset[str] = frozenset()) -> bool:
    """Tell whether an import is of a text, or of one that imports it; `texts` are those in reach, by name."""
    ending = _last_part(node.path.value)
    for name, source in texts.items():
        if _last_part(name) != ending or name in seen:
            continue
        if name == target:
            return True
        inner = [each for each in parse(source, "dtl")[0].body if isinstance(each, nodes.Import)]
        return any(leads_to(each, target, texts, seen | {name}) for each in inner)
    return False


def _last_part(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def is_shared(key: Key) -> bool:
    """Tell whether other files can mean the same thing: a field of the event or of its metadata."""
    return key[0] == "field" and key[1] in ("event", "metadata")
