"""Every action that the code can offer has a case: its title, as the code writes it, is met in the answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.ide.test_cases import CASES
from tests.support.repository import ROOT

# Where actions are made, and the fixes of findings that become actions.
_HOMES = (*sorted((ROOT / "dtl/ide/actions").glob("*.py")), *sorted((ROOT / "dtl/check").glob("*.py")))
# What the editor offers in its own words: "did you mean".
_OTHERWISE = frozenset((word + r"\ `.+`") for word in ("call", "use"))
ANSWERS = [
    line for case in CASES if case.feature == "actions" for line in (case.answer or "").splitlines() if line[:1] != " "
]


def titles() -> Iterator[str]:
    """Yield what titles of actions look like, as patterns."""
    for path in _HOMES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Action", "Fix"):
                pattern = form(node.args[0])
                if re.search(r"\w\w", pattern) and pattern not in _OTHERWISE:
                    yield pattern


def form(node: ast.expr) -> str:
    """Return the pattern of a text that the code puts together."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(form(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return form(node.left) + form(node.right)
    return ".+"


TITLES = sorted(set(titles()))


def test_the_titles_are_found() -> None:
    assert len(TITLES) > 20


@pytest.mark.parametrize("title", TITLES)
def test_an_action_has_a_case(title: str) -> None:
    kind = r" \((quickfix|refactor\.\w+|source\.fixAll)(, (safe|unsafe))?\)"
    assert any(re.fullmatch(title + kind, line) for line in ANSWERS)
