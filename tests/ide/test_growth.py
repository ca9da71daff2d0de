"""What it takes to analyse a program grows as its length does, so that long ones can be edited."""

from __future__ import annotations

import time

import pytest

from dtl.diagnostics.diagnostic import Diagnostic
from dtl.ide.analysis import MAX_LENGTH, analyzer_for
from dtl.source import Source

#: Statements of kinds that each let something grow: fields, variables, joined states, wrong places, functions.
STATEMENTS = {
    "fields": '.field_{0} = upcase(string!(.in_{0})) + "a"\n',
    "variables": "v{0} = downcase(string!(.in_{0}))\n.out.v{0} = v{0}\n",
    "branches": "if .status == {0} {{ .k{0} = 1 }} else {{ .other = .b{0} }}\n",
    "errors": ".f{0} = upcase(unknown{0})\n",
    "names": "known_{0} = 1\n.f{0} = knwon_{0}\n",
    "functions": "fn f{0}(a: integer) -> integer {{ a + {0} }}\n",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_time_of_an_analysis(statement: str) -> None:
    small, large = (_text(statement, count) for count in (300, 3000))
    _seconds(_text(statement, 20))
    # What else the machine does makes single times longer; what grows as the square takes 100 times as long.
    ratio = _seconds(large) / min(_seconds(small) for _ in range(3))
    if ratio >= 22:
        ratio = _seconds(large) / max(_seconds(small) for _ in range(3))
    assert ratio < 22, f"a text 10 times as long takes {ratio:.1f} times as long"


@pytest.mark.parametrize("more", [0, 1])
def test_the_longest_text(more: int) -> None:
    text = "# a comment\n.a = upcase(nothing)\n"
    found = _analyzed(text + " " * (MAX_LENGTH - len(text) + more))
    assert [each.code for each in found] == [0 if more else 701]


def _text(statement: str, count: int) -> str:
    return "".join(statement.format(index) for index in range(count))


def _seconds(text: str) -> float:
    start = time.process_time()
    _analyzed(text)
    return time.process_time() - start


def _analyzed(text: str) -> list[Diagnostic]:
    return analyzer_for("program.dtl", None).analyze(Source(text, "program.dtl")).diagnostics
