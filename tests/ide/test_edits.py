"""An edited program is answered as if it had been opened that way, whatever the edits; no feature ever raises."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.actions import actions, applied, fix_all
from dtl.ide.analysis import MAX_LENGTH, Analysis
from dtl.ide.calls import function_at, incoming, outgoing
from dtl.ide.completion import complete, documentation
from dtl.ide.cursor import surroundings
from dtl.ide.findings import findings
from dtl.ide.folding import folds
from dtl.ide.formatting import format_document, format_range, line_edits
from dtl.ide.hover import hover
from dtl.ide.inlay import hints
from dtl.ide.lens import lenses
from dtl.ide.places import definition, highlights, references
from dtl.ide.rename import CannotRename, prepare, rename
from dtl.ide.selection import selections
from dtl.ide.signature import signature_help
from dtl.ide.symbols import symbols
from dtl.ide.tokens import tokens
from dtl.source import Span
from dtl.syntax.visit import Node, walk
from tests.ide.edits import analysis_of, compare_with_fresh, random_edits
from tests.support.repository import ROOT

PROGRAMS = sorted((ROOT / "examples").glob("*.dtl"))


def everything(analysis: Analysis, offset: int) -> None:
    """Ask every feature about a place."""
    end = min(len(analysis.text), offset + 7)
    findings(analysis)
    hover(analysis, offset)
    for item in complete(analysis, offset)[:1]:
        documentation(analysis, item.documented)
    signature_help(analysis, offset)
    definition(analysis, offset)
    references(analysis, offset)
    highlights(analysis, offset)
    try:
        prepare(analysis, offset)
        rename(analysis, offset, "another_name")
    except CannotRename:
        pass
    for symbol in symbols(analysis):
        assert symbol.span.start <= symbol.name_span.start <= symbol.name_span.end <= symbol.span.end
    folds(analysis)
    ranges = selections(analysis, offset)
    assert all(b.start <= a.start and a.end <= b.end for a, b in itertools.pairwise(ranges))
    found = tokens(analysis)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert not [each for each in found if "\n" in analysis.source.slice(each.span)]
    format_document(analysis)
    format_range(analysis, Span(offset, end))
    hints(analysis, Span(0, len(analysis.text)))
    target = function_at(analysis, offset)
    if target is not None:
        incoming(target, [analysis])
        outgoing(target, analysis)
    lenses(analysis)
    for each in [*actions(analysis, Span(offset, offset)), *actions(analysis, Span(offset, end))]:
        applied(analysis.text, each.edits)
    fix_all(analysis)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_random_edits(path: Path, request: pytest.FixtureRequest) -> None:
    count = 1_500 if request.config.getoption("--long") else 60
    text = path.read_text(encoding="utf-8")
    for step, (edited, analysis) in enumerate(random_edits(text, count, seed=len(text))):
        if step % 10 == 0:
            compare_with_fresh(edited, analysis)
            everything(analysis, min(step * 37 % (len(edited) + 1), len(edited)))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_place_of_a_real_program(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    analysis = analysis_of(text)
    for offset in range(0, len(text) + 1, max(1, len(text) // 40)):
        everything(analysis, offset)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_beginning_of_a_real_program(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for end in range(0, min(len(text), 1_200), 23):
        analysis = analysis_of(text[:end])
        everything(analysis, end)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_actions_on_a_real_program_leave_one_that_checks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    analysis = analysis_of(text)
    errors = sum(found.is_error for found in analysis.diagnostics)
    chance = random.Random(7)
    for node in chance.sample(list(_inside(analysis)), 40):
        for each in actions(analysis, node.span):
            after = analysis_of(applied(text, each.edits))
            left = [found for found in after.diagnostics if found.is_error]
            assert len(left) <= errors, f"{each.title} at {node.span}: {left[0].message}"


def _inside(analysis: Analysis) -> list[Node]:
    return [node for root in analysis.tree.body for node in walk(root) if node.span.start < node.span.end]


def test_a_text_that_is_too_long_is_only_said_to_be_so() -> None:
    analysis = analysis_of("x" * (MAX_LENGTH + 1))
    assert [each.code for each in findings(analysis)] == [""]
    everything(analysis, 100)


def test_places_around_broken_statements() -> None:
    edited = [text for text, _ in random_edits(PROGRAMS[0].read_text(encoding="utf-8"), 5, seed=3)]
    for text in (*edited, ".a = (\n.b = [1, 2\n.c = 3)\n'\n.d = 4 }\n" * 3):
        analysis = analysis_of(text)
        for offset in range(0, len(text) + 1, max(1, len(text) // 50)):
            at = analysis.statement_index(offset)
            assert at < 0 or analysis.statements[at].span.start <= offset


def test_line_edits_make_one_text_of_another() -> None:
    chance = random.Random(5)
    for _ in range(200):
        old, new = ("".join(chance.choices("ab\n", k=chance.randrange(30))) for _ in range(2))
        assert applied(old, tuple(line_edits(old, new))) == new


def test_edits_at_one_place_come_in_their_order() -> None:
    assert applied("ab", (Edit(Span(1, 1), "1"), Edit(Span(1, 1), "2"))) == "a12b"


@pytest.mark.parametrize(
    ("text", "root", "segments", "piece"),
    [
        (".a.b", "event", ("a",), "b"),
        (".", "event", (), ""),
        ("%a.b.", "metadata", ("a", "b"), ""),
        ('.a."b c"[-1].', "event", ("a", "b c", -1), ""),
        ("x.y[0].", "x", ("y", 0), ""),
        ("f(.a, .b", "event", (), "b"),
        ("f(.a).", "", (), ""),
        ("1 + .a", "event", (), "a"),
    ],
)
def test_a_path_before_the_cursor(text: str, root: str, segments: tuple[str | int, ...], piece: str) -> None:
    path = surroundings(text, 0, len(text)).path
    assert path is not None
    assert (path.root, path.segments, path.piece) == (root, segments, piece)


@pytest.mark.parametrize("text", ["a % b", "1", "x", "upcase(", ".a[0]", '"a.b', "# .a"])
def test_no_path_before_the_cursor(text: str) -> None:
    assert surroundings(text, 0, len(text)).path is None
