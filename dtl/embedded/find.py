"""Find the programs in a file's text, with what the file says about their surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.embedded import vector, workflow
from dtl.embedded.place import Path, Place
from dtl.embedded.program import Embedded
from dtl.embedded.toml_tree import read_toml
from dtl.embedded.tree import Items, Table, Text, Tree
from dtl.embedded.yaml_tree import read_yaml
from dtl.source import Source, Span

#: A file longer than this, in characters, is not read: no configuration is so long.
MAX_LENGTH = 5_000_000


@dataclass(frozen=True)
class Host:
    """What a file that embeds programs says.

    Attributes:
        programs: Its programs, in the order of the file.
        tables: Enrichment tables that it names; None when it declares none, so that nothing is known.
        secrets: Backends of secrets that it names; None when it declares none.
        models: Names of AI models.
        stores: Names of vector stores, with their dimension where it is said.
        problems: What is wrong with the file itself.
    """

    source: Source
    programs: tuple[Embedded, ...] = ()
    tables: frozenset[str] | None = None
    secrets: frozenset[str] | None = None
    models: tuple[str, ...] = ()
    stores: tuple[tuple[str, int | None], ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def is_host(path: str) -> bool:
    """Tell by a file's name whether it may hold programs."""
    return path.lower().endswith((".yaml", ".yml", ".toml"))


def read_host(path: str, text: str) -> Host:
    """Return what a YAML or TOML file holds; of one that is broken, what stands before the break. Never raises."""
    source = Source(text, path)
    if len(text) > MAX_LENGTH:
        label = Label(Span(0, 0), f"{len(text):,} characters; at most {MAX_LENGTH:,} are read")
        return Host(source, problems=(Diagnostic(1700, "the file is too long to be read", (label,)),))
    is_toml = path.lower().endswith(".toml")
    documents, broken = (read_toml if is_toml else read_yaml)(text)
    problems = []
    if broken is not None:
        span = Span(broken.offset, broken.offset)
        problems.append(Diagnostic(1700, f"not {'TOML' if is_toml else 'YAML'}", (Label(span, broken.message),)))
    tops = [document for document in documents if isinstance(document, Table)]
    places = {place.text.span: place for place in _places(documents)}
    return Host(
        source,
        tuple(_embedded(places[span], source, documents) for span in sorted(places)),
        _names(tops, "enrichment_tables"),
        _names(tops, "secret"),
        tuple(workflow.models(tops)),
        tuple(workflow.stores(tops)),
        tuple(problems),
    )


def programs(path: str, text: str) -> list[Embedded]:
    """Return the programs in a file, in its order. Never raises."""
    return list(read_host(path, text).programs)


def _places(documents: list[Tree]) -> Iterator[Place]:
    """Yield the places of programs; a node that an alias repeats is looked at once."""
    seen: set[int] = set()
    for document in documents:
        is_workflow = isinstance(document, Table) and workflow.is_workflow(document)
        waiting: list[tuple[Tree, Path]] = [(document, ())]
        while waiting:
            tree, path = waiting.pop()
            if isinstance(tree, Text) or id(tree) in seen:
                continue
            seen.add(id(tree))
            if isinstance(tree, Items):
                waiting.extend((item, (*path, index)) for index, item in reversed([*enumerate(tree.items)]))
                continue
            yield from workflow.places(tree, path)
            yield from vector.places(tree, path, is_workflow)
            waiting.extend((value, (*path, key.value)) for key, value in reversed(tree.pairs))


def _embedded(place: Place, host: Source, documents: list[Tree]) -> Embedded:
    text = place.text
    return Embedded(
        Source(text.value, host.name),
        place.dialect,
        place.start,
        text.span,
        host,
        place.path,
        text.pieces,
        text.quoting,
        _name(place.path, documents),
    )


def _name(path: Path, documents: list[Tree]) -> str:
    """Return what a step is called: its key in its section, or in a list its own `name` or `id`, else its number."""
    if len(path) < 3:
        return str(path[0]) if len(path) == 2 else ""
    section, step = path[:2]
    if isinstance(step, str):
        return step
    for document in documents:
        items = document.get(section) if isinstance(document, Table) and isinstance(section, str) else None
        if isinstance(items, Items) and step < len(items.items) and isinstance(item := items.items[step], Table):
            return item.text("name") or item.text("id") or str(step)
    return str(step)


def _names(documents: list[Table], section: str) -> frozenset[str] | None:
    """Return the names of a section's entries; None where no document has the section."""
    found = [table for document in documents if (table := document.table(section)) is not None]
    return frozenset(key.value for table in found for key, _ in table.pairs) if found else None
