"""Parsing after an edit gives what parsing the whole text gives."""

from __future__ import annotations

import random

import pytest

from dtl.source import Source
from dtl.syntax.reparse import parse_text, reparse
from tests.syntax.programs import program

_PIECES = """. [ ] { } ( ) ; , = -> | x " ' # 1 ! && || + f( abort try{ }catch{ match import{ "{{"""
PIECES = [*_PIECES.split(), "\n", "\n\n", " ", "if ", "else ", "for x in ", ".a = 1\n", "# c\n", "match x { _ => 1 }"]


@pytest.mark.parametrize("dialect", ["vrl", "dtl"])
def test_edits_give_what_a_whole_parse_gives(dialect: str) -> None:
    choose = random.Random(dialect)
    start = program(50)
    document = parse_text(Source(start), dialect)
    for _ in range(400):
        text = document.source.text
        at = choose.randint(0, len(text))
        if choose.random() < 0.6:
            text = text[:at] + choose.choice(PIECES) + text[at:]
        else:
            text = text[:at] + text[at + choose.randint(1, 6) :]
        document = reparse(document, Source(text))
        assert document == parse_text(Source(text), dialect)
        if choose.random() < 0.15:
            document = parse_text(Source(start), dialect)


def test_expressions_before_the_edit_are_the_same_objects() -> None:
    document = parse_text(Source(program(200)))
    text = document.source.text
    at = text.rindex("status")
    after = reparse(document, Source(text[:at] + "x" + text[at:]))
    assert after.problems == ()
    assert all(new is old for new, old in zip(after.program.body[:50], document.program.body, strict=False))


def test_the_same_text_is_not_parsed_again() -> None:
    document = parse_text(Source("1\n2"))
    assert reparse(document, Source("1\n2")).program is document.program
