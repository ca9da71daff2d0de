"""What the parser makes of broken programs: statements in the order of the text, which hold all of it; no exception."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from dtl.source import Source
from dtl.syntax.lexer_dtl import lex
from dtl.syntax.nodes import Invalid
from dtl.syntax.parser import parse
from dtl.syntax.reparse import Parsed, parse_text, reparse
from dtl.syntax.tokens import KIND
from tests.support.repository import ROOT
from tests.syntax.programs import program

# The marks around paths stand for no text of their own.
_TRIVIA = {KIND[name] for name in ("NEWLINE", "SEMICOLON", "END", "LQUERY", "LITERAL_LQUERY", "RQUERY", "RQUERY_CALL")}
_MARKS = ". .. % [ ] { } ( ) ; , = -> => | x 0 \" ' # ! && || ?? + @ \\ 漢 😀 {{ r' s' t' _"
_WORDS = "f( g!( abort try{ }catch{ match{ import{ in"
_PIECES = [
    *_MARKS.split(),
    *_WORDS.split(),
    *("\n", " ", "if ", "else ", "for x in ", ".a = 1\n", "# c\n", "match x { _ => 1 }", "fn f(a) { a }"),
]


def _programs() -> list[str]:
    cases = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.dtl"))]
    chapters = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/spec").glob("*.md")))
    fences = [fence.partition("\n")[2] for fence in chapters.split("```")[1::2]]
    return [*cases, program(30), *(fence for fence in fences if len(fence) > 40)]


PROGRAMS = _programs()


def broken(text: str, choose: random.Random) -> Iterator[str]:
    """Give versions of a text with something put in, taken out, moved or cut off, each from the one before."""
    while True:
        at, kind = choose.randrange(len(text) + 1), choose.random()
        tokens = lex(text).tokens
        if kind < 0.45:
            text = text[:at] + choose.choice(_PIECES) + text[at:]
        elif kind < 0.7:
            text = text[:at] + text[at + choose.randrange(1, 8) :]
        elif kind < 0.85:
            _, start, end, _ = choose.choice(tokens)
            text = text[:start] + text[max(start, end) :]
        elif kind < 0.95:
            end = at + choose.randrange(1, 40)
            text = text[:at] + text[choose.randrange(len(text) + 1) :][: end - at] + text[at:]
        else:
            text = text[:at]
        yield text


def check_order(text: str, dialect: str) -> None:
    """Check that the statements of a text follow each other and hold all of its tokens."""
    tree, problems = parse(Source(text), dialect)
    spans = [node.span for node in tree.body]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans), text
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans)), text
    places = iter(spans)
    span = next(places, None)
    for kind, start, end, _ in sorted(lex(text, dialect).tokens, key=lambda token: token[1:3]):
        while span is not None and span.end < end:
            span = next(places, None)
        assert kind in _TRIVIA or (span is not None and span.start <= start), text[start:end]
    assert problems or not any(isinstance(node, Invalid) for node in tree.body), text


@pytest.mark.parametrize("dialect", ["dtl", "vrl"])
def test_statements_of_broken_programs(dialect: str, request: pytest.FixtureRequest) -> None:
    rounds = 6_000 if request.config.getoption("--long") else 300
    choose = random.Random(dialect)
    for _ in range(rounds):
        for text in itertools.islice(broken(choose.choice(PROGRAMS), choose), 5):
            check_order(text, dialect)


@pytest.mark.parametrize("dialect", ["dtl", "vrl"])
def test_every_beginning_of_a_program(dialect: str) -> None:
    for text in PROGRAMS:
        for end in range(0, min(len(text), 1_000), 7):
            check_order(text[:end], dialect)


@pytest.mark.parametrize("dialect", ["dtl", "vrl"])
def test_edits_of_broken_programs_give_what_a_whole_parse_gives(dialect: str, request: pytest.FixtureRequest) -> None:
    rounds = 2_000 if request.config.getoption("--long") else 60
    choose = random.Random(f"edits {dialect}")
    for _ in range(rounds):
        begun = choose.choice(PROGRAMS)
        document: Parsed = parse_text(Source(begun), dialect)
        for text in itertools.islice(broken(begun, choose), 8):
            document = reparse(document, Source(text))
            assert document == parse_text(Source(text), dialect), text


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("dtl", "%.a.b = .c\n.d = 1\n"),
        ("vrl", "%.a.b = .c\n.d = 1\n"),
        ("vrl", "if .a < 0%.9 { .b }\n.c = 1\n"),
        ("vrl", "..a = 1\n.b = 2\n"),
        ("dtl", ".a = f(.{b, 1)\n.c = 1\n"),
    ],
)
def test_a_path_whose_end_is_within_a_word(dialect: str, text: str) -> None:
    check_order(text, dialect)


def test_in_dtl_such_a_path_spoils_its_own_statement_only() -> None:
    tree, problems = parse(Source("%.a.b = .c\n.d = 1\n"), "dtl")
    assert [type(node).__name__ for node in tree.body] == ["Invalid", "Assign"]
    assert len(problems) == 1
