"""Programs inside of other files: a snapshot for each of them, and one for the file around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dtl.ai.config.entries import read_config
from dtl.ai.config.tree import ConfigError
from dtl.check import CheckOptions, check
from dtl.check.infer import Checked
from dtl.diagnostics.diagnostic import Edit
from dtl.embedded import Embedded, Host, is_host, read_host
from dtl.embedded.check import never_boolean, unknown_secrets
from dtl.embedded.environment import filled_in
from dtl.functions.registry import Registry
from dtl.ide.analysis import Analysis, Analyzer
from dtl.ide.models import Models
from dtl.ide.sample import Sample
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import parse
from dtl.syntax.reparse import Parsed

__all__ = ["Edit", "Embedded", "HostAnalyzer", "Part", "is_host"]

Load = Callable[[str, Source], Source]
_NO_SAMPLE = Sample()


@dataclass(frozen=True)
class Part:
    """One program of a file, with its snapshot."""

    program: Embedded
    analysis: Analysis


@dataclass
class _Known:
    """A program's analyzer and its last snapshot, which holds as long as the program's text does."""

    analyzer: Analyzer
    last: Analysis | None = None

    def analyze(self, source: Source, sample: Sample, models: Models) -> Analysis:
        """Return the snapshot of a text; that of the same text as before is made once."""
        last = self.last
        if last is None or (last.source, last.sample, last.models) != (source, sample, models):
            self.last = last = self.analyzer.analyze(source, sample, models)
        return last


class HostAnalyzer:
    """Makes the snapshots of one file's versions; a program is known again by its place among the keys."""

    def __init__(self, functions: Registry, strict: bool, load: Load | None) -> None:
        self.functions = functions
        self.strict = strict
        self.load = load
        self._analyzers: dict[tuple[object, ...], _Known] = {}

    def analyze(
        self, source: Source, outer: Models | None = None, sample_of: Callable[[str], Sample] | None = None
    ) -> tuple[Analysis, list[Part]]:
        """Return the snapshot of the file itself, which has no program of its own, and those of its programs.

        Args:
            source: The file's text.
            outer: What is configured elsewhere, for a file that configures no models itself.
            sample_of: Gives the events for a step, by its name.
        """
        sample_of = sample_of or (lambda name: _NO_SAMPLE)
        host = read_host(source.name, source.text)
        models = _models(host) or outer or Models()
        before, self._analyzers = self._analyzers, {}
        parts = [
            Part(program, self._part(program, host, models, sample_of(program.name), before))
            for program in host.programs
        ]
        problems = list(host.problems) if parts else []  # a file without programs is none of ours
        empty = nodes.Program(Span(0, len(source.text)), (), ())
        options = CheckOptions(strict=self.strict)
        checked = Checked(None, problems, options.event, options.metadata)
        return Analysis(Parsed(source, "dtl", empty, ()), checked, self.functions, options), parts

    def imports(self, name: str) -> bool:
        """Tell whether one of the programs imports a file, directly or not."""
        return any(name in each.analyzer.imported for each in self._analyzers.values())

    def forget(self) -> None:
        """Check everything anew the next time."""
        self._analyzers.clear()

    def _part(
        self,
        program: Embedded,
        host: Host,
        models: Models,
        sample: Sample,
        before: dict[tuple[object, ...], _Known],
    ) -> Analysis:
        options = CheckOptions(dialect=program.dialect, strict=self.strict, tables=host.tables, load=self.load)
        raw = program.source

        def snapshot(source: Source) -> Analysis:
            if program.start == "condition":
                return self._condition(source, options, sample)
            key = (*program.path, program.dialect, host.tables, source is raw)
            known = self._analyzers[key] = before.get(key) or _Known(Analyzer(self.functions, options))
            return known.analyze(source, sample, models)

        analysis = snapshot(raw)
        # What is found is found in what Vector reads; all else is about what is written.
        text = filled_in(raw.text) if program.dialect == "vrl" else raw.text
        read = analysis if text == raw.text else snapshot(Source(text, raw.name)) if text is not None else None
        more = unknown_secrets(program, host)
        if program.start == "condition" and read is not None:
            more = [*never_boolean(program, read.tree, read.checked), *more]
        if read is analysis and not more:
            return analysis
        found = [] if read is None else read.diagnostics
        return replace(analysis, checked=replace(analysis.checked, diagnostics=[*found, *more]))

    def _condition(self, source: Source, options: CheckOptions, sample: Sample) -> Analysis:
        """Return the snapshot of a condition, which is short: nothing of the one before is used."""
        tree, problems = parse(source, options.dialect, "condition")
        checked = check(tree, source, self.functions, options, list(problems))
        parsed = Parsed(source, options.dialect, tree, tuple(problems))
        return Analysis(parsed, checked, self.functions, options, sample)


def _models(host: Host) -> Models | None:
    """Return the models and stores that the file itself configures, if it does."""
    if not host.models and not host.stores:
        return None
    try:
        return Models(read_config(host.source.text, host.source.name, {}))
    except ConfigError:
        return None
