"""Programs with a cursor mark, and what each feature of the editor says there: the Markdown files in `cases`.

A heading names a case. Its `dtl` or `vrl` fence is the program; `‸` marks the cursor, two of them a selection.
A `json` fence is the sample, an event to a line; a `file NAME` fence is a file that can be imported; `answer` is what
is expected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dtl.ide.actions import actions, applied, fix_all
from dtl.source import Span
from tests.ide.show import CURSOR, FEATURES, analyzed, read_events

FOLDER = Path(__file__).with_name("cases")
_PIECE = re.compile(r"^## ([^\n]+)$|^(`{3,})(\w+)[ ]?([^\n]*)\n(.*?)^\2$", re.MULTILINE | re.DOTALL)


@dataclass
class Case:
    """A program with a cursor, and the answer."""

    feature: str
    name: str
    text: str = ""
    dialect: str = "dtl"
    sample: str = ""
    files: dict[str, str] = field(default_factory=dict)
    answer: str | None = None
    end: int = 0
    place: tuple[int, int] = (0, 0)

    @property
    def span(self) -> Span:
        """Return the cursor or the selection in the text without its marks."""
        first = max(self.text.find(CURSOR), 0)
        last = self.text.rfind(CURSOR)
        return Span(first, last - 1 if last > first else first)

    @property
    def program(self) -> str:
        """Return the text without its marks."""
        return self.text.replace(CURSOR, "")


def read_cases() -> list[Case]:
    """Return the cases of all files."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.md")):
        case: Case | None = None
        for match in _PIECE.finditer(path.read_text(encoding="utf-8")):
            title, _, kind, words, text = match.groups()
            if title:
                case = Case(path.stem, title)
                found.append(case)
            elif case is not None:
                case.end = match.end()
                if kind in ("dtl", "vrl"):
                    case.text, case.dialect = text.removesuffix("\n"), kind
                elif kind == "json":
                    case.sample = text
                elif kind == "file":
                    case.files[words] = text
                elif kind == "answer":
                    case.answer, case.place = text, match.span()
    return found


CASES = read_cases()
IDS = [f"{case.feature}: {case.name}" for case in CASES]


def test_every_feature_has_cases() -> None:
    assert {case.feature for case in CASES} == set(FEATURES)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_answer(case: Case, accepts: bool) -> None:
    analysis = analyzed(case.program, case.dialect, case.files, read_events(case.sample))
    answer = FEATURES[case.feature](analysis, case.span).rstrip("\n") + "\n"
    if accepts and answer != case.answer:
        _accept(case, answer)
        return
    assert answer == case.answer


@pytest.mark.parametrize("case", [c for c in CASES if c.feature == "actions"], ids=lambda case: case.name)
def test_an_action_leaves_a_program_that_checks(case: Case) -> None:
    analysis = analyzed(case.program, case.dialect, case.files, read_events(case.sample))
    before = [found for found in analysis.diagnostics if found.is_error]
    offered = [*actions(analysis, case.span), *filter(None, [fix_all(analysis)])]
    for each in offered:
        after = analyzed(applied(case.program, each.edits), case.dialect, case.files)
        left = [found for found in after.diagnostics if found.is_error]
        if each.kind == "quickfix" and each.finding is not None and each.finding.origin.is_error:
            assert len(left) < max(len(before), 1), f"{each.title}: {left}"
        assert len(left) <= len(before), f"{each.title}: {left}"


def _accept(case: Case, answer: str) -> None:
    """Write an answer into its file."""
    path = FOLDER / f"{case.feature}.md"
    text = path.read_text(encoding="utf-8")
    current = next(each for each in read_cases() if (each.feature, each.name) == (case.feature, case.name))
    ticks = "````" if "```" in answer else "```"
    fence = f"{ticks}answer\n{answer}{ticks}"
    if current.answer is None:
        text = text[: current.end] + "\n\n" + fence + text[current.end :]
    else:
        text = text[: current.place[0]] + fence + text[current.place[1] :]
    path.write_text(text, encoding="utf-8")
