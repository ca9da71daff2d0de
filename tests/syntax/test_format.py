"""The formatter: what it writes, and its laws on texts with white space and comments strewn in."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from dtl.source import Source
from dtl.syntax import nodes
from dtl.syntax.format import WIDTH, format_source
from dtl.syntax.parser import parse
from tests.syntax import test_dtl, test_vrl
from tests.syntax.programs import program

TEXTS = [(text, "vrl") for text, _ in test_vrl.TREES + test_vrl.GROUPS] + [(text, "dtl") for text, _ in test_dtl.TREES]
TEXTS += [(program(30), "vrl"), (program(30), "dtl")]

LONG = "a" * 40

CASES = [
    ("", ""),
    ("\n# only\n\n\n# comments", "# only\n\n# comments\n"),
    ("a=1;b =2 # two\n\n\n\n  c= f( x )", "a = 1\nb = 2 # two\n\nc = f(x)\n"),
    ("if a{1}else{2}", "if a { 1 } else { 2 }\n"),
    ("if a {\n1 }else if b { 2 }", "if a {\n  1\n} else if b {\n  2\n}\n"),
    ("if a { # why\n\n1\n# end\n}", "if a {\n  # why\n\n  1\n  # end\n}\n"),
    ('x={"a":1,"b":[1,2]}', 'x = { "a": 1, "b": [1, 2] }\n'),
    (
        "x=[\n1,2, # two\n# three\n3]",
        "x = [\n  1,\n  2, # two\n  # three\n  3\n]\n",
    ),
    (f"f({LONG}, {LONG}, {LONG})", f"f(\n  {LONG},\n  {LONG},\n  {LONG}\n)\n"),
    (f"f({LONG}, [{LONG}, {LONG}])", f"f({LONG}, [\n  {LONG},\n  {LONG}\n])\n"),
    (f"{LONG} && {LONG} || {LONG}", f"{LONG} &&\n  {LONG} ||\n  {LONG}\n"),
    ("x = a &&\nb", "x = a &&\n  b\n"),
    (".x[ 0 ]a", ".x[0].a\n"),
    ("f( k : v )->|a,b|{ a }", "f(k: v) -> |a, b| { a }\n"),
    ("x = 1 + # why\n   2", "x = 1 + # why\n   2\n"),
    ("{ 1;2 }\n{ 1\n2 }", "{ 1; 2 }\n{\n  1\n  2\n}\n"),
    ("1 2", "1 2"),
]

DTL_CASES = [
    ("x=-1;y=x-1;z!=2", "x = -1\ny = x - 1\nz != 2\n"),
    (".xs.filter(x->x>1).map((a,b)->{ a })", ".xs.filter(x -> x > 1).map((a, b) -> { a })\n"),
    ('match x { "a"|"b"=>1, 1 .. 5=>2,_ if y=>3 }', 'match x { "a" | "b" => 1, 1..5 => 2, _ if y => 3 }\n'),
    ("match x {\n1=>2 # two\n_=>3}", "match x {\n  1 => 2, # two\n  _ => 3\n}\n"),
    ("fn f(a:string,b=1)->integer{\na\n}", "fn f(a: string, b = 1) -> integer {\n  a\n}\n"),
    ("try{ 1 }catch e{ 2 }", "try { 1 } catch e { 2 }\n"),
    ("a;- 5", "a\n-(5)\n"),
    ("a\n  && b", "a &&\n  b\n"),
    ("for x in xs{ x };while a { break }", "for x in xs { x }\nwhile a { break }\n"),
    ("if a>1", "if a > 1\n"),
]


def shape(value: Any) -> Any:
    """Return a tree without places and parentheses."""
    if isinstance(value, nodes.Group):
        return shape(value.inner)
    if isinstance(value, tuple):
        return tuple(map(shape, value))
    if not is_dataclass(value):
        return value
    kept = [field.name for field in fields(value) if "span" not in field.name and not field.name.endswith("_end")]
    found = [(name, shape(getattr(value, name))) for name in kept if name not in ("bang", "keyword")]
    return (type(value).__name__, getattr(value, "bang", None) is not None, *found)


def check(text: str, dialect: str) -> None:
    """Hold the formatter's laws against a text without errors."""
    before, problems = parse(Source(text), dialect)
    if problems:
        return
    formatted = format_source(Source(text), dialect)
    after, problems = parse(Source(formatted), dialect)
    assert problems == [], formatted
    assert shape(after.body) == shape(before.body), formatted
    assert [comment.text.rstrip() for comment in after.comments] == [
        comment.text.rstrip() for comment in before.comments
    ]
    assert format_source(Source(formatted), dialect) == formatted


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_vrl_is_formatted(text: str, expected: str) -> None:
    assert format_source(Source(text), "vrl") == expected


@pytest.mark.parametrize(("text", "expected"), DTL_CASES)
def test_dtl_is_formatted(text: str, expected: str) -> None:
    assert format_source(Source(text)) == expected


@pytest.mark.parametrize(("text", "dialect"), TEXTS)
def test_formatting_keeps_the_meaning(text: str, dialect: str) -> None:
    check(text, dialect)


@pytest.mark.parametrize("seed", range(20))
def test_formatting_keeps_the_meaning_of_strewn_texts(seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(40):
        text, dialect = choose.choice(TEXTS)
        for _ in range(choose.randint(1, 6)):
            at = choose.randint(0, len(text))
            piece = choose.choice(["\n", " ", "\n\n", " # c\n", "\n# c\n", "(", ")", ";", f"{LONG}, ", f"{LONG} + "])
            text = text[:at] + piece + text[at:]
        check(text, dialect)


def test_lines_are_short() -> None:
    text = f"x = f({', '.join([LONG] * 5)}) + [{', '.join([LONG] * 5)}]\nif {' && '.join([LONG] * 5)} {{ 1 }}"
    assert max(map(len, format_source(Source(text)).splitlines())) <= WIDTH
