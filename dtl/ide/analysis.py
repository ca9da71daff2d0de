"""A snapshot of one document: its text, tree, types, findings and sample, never changed once made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from dtl.check import CheckOptions
from dtl.check.incremental import Incremental
from dtl.check.infer import Checked
from dtl.check.silence import silenced
from dtl.diagnostics.diagnostic import Diagnostic, Label, Severity
from dtl.functions.registry import Registry
from dtl.functions.standard import standard_library
from dtl.ide.models import Models
from dtl.ide.names import Names
from dtl.ide.outline import Outline, Outlines
from dtl.ide.sample import Sample
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.reparse import Parsed, parse_text, reparse
from dtl.syntax.visit import Node, children, path_to
from dtl.types.type import Type

#: Texts longer than this, in characters, are not analysed: to open one would take more than about five seconds.
MAX_LENGTH = 800_000


@dataclass(frozen=True)
class Analysis:
    """What is known of one version of a document.

    Attributes:
        parsed: The text, its tree and syntax errors.
        checked: Types and findings.
        functions: The functions that the program may call.
        options: How it was checked.
        sample: Events beside it.
        imported: The texts that it imports, by name.
        models: The models and vector stores that are configured for it.
    """

    parsed: Parsed
    checked: Checked
    functions: Registry
    options: CheckOptions
    sample: Sample = field(default_factory=Sample)
    imported: tuple[Source, ...] = ()
    outlined: Outlines = field(default_factory=Outlines)
    models: Models = field(default_factory=Models)

    @property
    def source(self) -> Source:
        """Return the text."""
        return self.parsed.source

    @property
    def text(self) -> str:
        """Return the text's characters."""
        return self.parsed.source.text

    @property
    def tree(self) -> nodes.Program:
        """Return the syntax tree."""
        return self.parsed.program

    @property
    def dialect(self) -> str:
        """Return "dtl" or "vrl"."""
        return self.options.dialect

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Return what the compiler found, and what the configuration says of models and stores."""
        if not self.models.is_configured:
            return self.checked.diagnostics
        more = list(self.models.findings(self.tree, self.source, self.functions, self.dialect))
        return [*self.checked.diagnostics, *silenced(self.tree, self.source, more, tells_unused=False)]

    @cached_property
    def names(self) -> Names:
        """Return what every name in the text means."""
        return Names.of(self.tree, self.user_functions)

    @property
    def statements(self) -> tuple[nodes.Expression, ...]:
        """Return the root expressions, which are in the order of the text whatever is wrong with it."""
        return self.tree.body

    @cached_property
    def outlines(self) -> list[Outline]:
        """Return what each root expression mentions."""
        return self.outlined.of(self.statements, self.source)

    def type_of(self, node: Node) -> Type | None:
        """Return a node's inferred type, if the checker came to it."""
        return self.checked.types.get(node.span)

    def statement_index(self, offset: int) -> int:
        """Return the index of the last root expression that begins at an offset or before; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def _starts(self) -> list[int]:
        return [node.span.start for node in self.statements]

    def trail(self, offset: int) -> list[Node]:
        """Return the nodes around an offset, the outermost (a root expression) first; empty between expressions.

        Where two touch at the offset, the one that begins there is taken.
        """
        at = self.statement_index(offset)
        if at < 0 or self.statements[at].span.end < offset:
            return []
        return path_to(self.statements[at], offset)

    @cached_property
    def user_functions(self) -> dict[str, tuple[nodes.Function, Source]]:
        """Return the user functions in reach, by the name under which they are called, and where they are written."""
        found: dict[str, tuple[nodes.Function, Source]] = {}
        texts = {source.name: source for source in self.imported}
        for node in self.tree.body:
            if isinstance(node, nodes.Function):
                found.setdefault(node.name.text, (node, self.source))
            elif isinstance(node, nodes.Import):
                found.update(_imported_functions(node, texts, {self.source.name}))
        return found


def _imported_functions(
    node: nodes.Import, texts: dict[str, Source], seen: set[str]
) -> dict[str, tuple[nodes.Function, Source]]:
    """Return the functions that an import brings, by the name that they get."""
    ending = node.path.value.replace("\\", "/").split("/")[-1]
    source = next((text for name, text in texts.items() if name.replace("\\", "/").split("/")[-1] == ending), None)
    if source is None or source.name in seen:
        return {}
    own: dict[str, tuple[nodes.Function, Source]] = {}
    for inner in parse_text(source).program.body:
        if isinstance(inner, nodes.Function):
            own[inner.name.text] = (inner, source)
        elif isinstance(inner, nodes.Import):
            own.update(_imported_functions(inner, texts, {*seen, source.name}))
    if not node.names:
        return own
    return {alias.text: own[name.text] for name, alias in node.names if name.text in own}


def callable_functions() -> Registry:
    """Return the functions that a program in an editor may call: the standard library."""
    return standard_library()


def analyzer_for(name: str, load: Callable[[str, Source], Source] | None, strict: bool = False) -> Analyzer:
    """Return the analyzer of a file's document: its dialect follows from its name, it may call the standard library.

    `load` reads a file that the program imports.
    """
    dialect = "vrl" if name.endswith(".vrl") else "dtl"
    return Analyzer(callable_functions(), CheckOptions(dialect=dialect, strict=strict, load=load))


class Analyzer:
    """Makes the snapshots of one document's versions, each from the one before."""

    def __init__(self, functions: Registry, options: CheckOptions) -> None:
        self.functions = functions
        self.imported: dict[str, Source] = {}
        self._load = options.load
        self.options = replace(options, load=self._loaded if options.load is not None else None)
        self._incremental = Incremental(functions, self.options)
        self._last: Analysis | None = None
        self._outlines = Outlines()

    def analyze(self, source: Source, sample: Sample | None = None, models: Models | None = None) -> Analysis:
        """Return the snapshot of a text.

        Never raises for any text; one that is too long is only said to be so.
        """
        last = self._last
        sample = sample or (last.sample if last is not None else Sample())
        models = models or (last.models if last is not None else Models())
        if len(source.text) > MAX_LENGTH:
            return self._too_long(source, sample)
        if last is None or len(last.text) > MAX_LENGTH:
            parsed = parse_text(source, self.options.dialect)
        else:
            parsed = reparse(last.parsed, source)
        self.imported = {}
        checked = self._incremental.check(parsed.program, source, list(parsed.problems))
        imported = tuple(self.imported.values())
        self._last = Analysis(parsed, checked, self.functions, self.options, sample, imported, self._outlines, models)
        return self._last

    def forget(self) -> None:
        """Check everything anew the next time, since a file that the document imports has changed."""
        self._incremental = Incremental(self.functions, self.options)

    def _loaded(self, path: str, importer: Source) -> Source:
        """Load an imported file and remember it."""
        assert self._load is not None
        source = self._load(path, importer)
        self.imported[source.name] = source
        return source

    def _too_long(self, source: Source, sample: Sample) -> Analysis:
        """Return a snapshot without a tree."""
        text = f"{len(source.text):,} characters; the editor analyses at most {MAX_LENGTH:,}"
        end = source.text.find("\n", 0, 200)
        finding = Diagnostic(
            0,
            "the text is too long to be analysed",
            (Label(Span(0, end if end >= 0 else min(len(source.text), 200)), text),),
            severity=Severity.INFORMATION,
        )
        empty = nodes.Program(Span(0, len(source.text)), (), ())
        parsed = Parsed(source, self.options.dialect, empty, ())
        checked = Checked(None, [finding], self.options.event, self.options.metadata, {})
        self._last = Analysis(parsed, checked, self.functions, self.options, sample)
        return self._last


def descend(node: Node) -> Iterator[Node]:
    """Give a node and all below it, in the order of the source."""
    yield node
    for child in children(node):
        yield from descend(child)
