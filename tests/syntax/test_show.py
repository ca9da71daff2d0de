"""Expressions as messages write them."""

from __future__ import annotations

import pytest

from dtl.source import Source
from dtl.syntax.parser import parse
from dtl.syntax.show import show

CASES = [
    ("1+2 *  3", "1 + 2 * 3"),
    (r'"a\nb\"c"', '"a\nb"c"'),
    ('{"b":1,"a":[1,2]}', '{ "b": 1, "a": [1, 2] }'),
    ("f!( value: .a , 2 )", "f(.a, 2)"),
    ('."a"."b c"[ 0 ]', '.a."b c"[0]'),
    ("x.y[-1]", "x.y[-1]"),
    ("%a.b", "%a.b"),
    (". ", "."),
    ("!  a", "!a"),
    ("(a)", "(a)"),
    ("1.50", "1.5"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_expression_is_shown(text: str, expected: str) -> None:
    program, problems = parse(Source(text), "vrl")
    assert problems == []
    assert show(program.body[0]) == expected
