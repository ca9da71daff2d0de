"""Running a program on its sample: what becomes of each event, and what every assignment stored."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dtl.api import compile_text
from dtl.backends.interpreter import Interpreted
from dtl.functions.context import Context
from dtl.ide.knowledge import shown
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import parse
from dtl.syntax.visit import walk
from dtl.values.encode import to_json
from dtl.values.path import ABSENT
from dtl.vm.limits import Limits
from dtl.vm.outcome import Inner, Outcome

_STEPS = 2_000_000
_SIZE = 4_000_000


@dataclass(frozen=True)
class Ran:
    """What became of one event, in JSON; `error` says why it failed, `inner` where in a file that it imports."""

    status: str
    event: str
    error: str = ""
    place: Span | None = None
    inner: Inner | None = None


@dataclass(frozen=True)
class Evaluation:
    """A run on a sample: what became of each event, and where the first one brought which values."""

    runs: tuple[Ran, ...] = ()
    values: tuple[tuple[Span, str], ...] = ()
    problem: str = ""


def evaluate(
    source: Source,
    dialect: str,
    events: Iterable[Mapping[str, Any]],
    seconds: float = 1.0,
    files: Mapping[str, str] | None = None,
) -> Evaluation:
    """Run a program on events, without access to anything outside of it, each no longer than some seconds.

    `files` are the texts that it imports, by their paths.
    """

    def load(name: str, importer: Source) -> Source:
        path = os.path.normpath(os.path.join(os.path.dirname(importer.name), name))
        if files is None or path not in files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return Source(files[path], path)

    limits = Limits(steps=_STEPS, seconds=seconds, size=_SIZE)
    found = compile_text(source, dialect, None, False, "interpreter", True, False, limits, load)
    if found.program is None:
        errors = [each for each in found.diagnostics if each.is_error]
        return Evaluation(problem=errors[0].message if errors else "the program does not compile")
    program, code = found.program, found.program.code
    assert isinstance(code, Interpreted)
    tree, _ = parse(source, dialect)
    watched = [node.span for node in walk(tree) if isinstance(node, nodes.Assign | nodes.AssignResult)]
    watched += [node.span for node in tree.body[-1:]]
    runs: list[Ran] = []
    first: dict[Span, Any] = {}
    for event in events:
        code.watched = dict.fromkeys(watched, ABSENT)
        runs.append(_ran(program.run(event, context=Context(sandbox=True))))
        first = first or code.watched
    values = sorted((span, shown(value)) for span, value in first.items() if value is not ABSENT)
    return Evaluation(tuple(runs), tuple(values))


def _ran(outcome: Outcome) -> Ran:
    """Return what became of an event."""
    error = outcome.error
    if error is None:
        return Ran(outcome.status, to_json(outcome.record))
    return Ran(outcome.status, to_json(outcome.record), error.message, error.span, error.inner)
