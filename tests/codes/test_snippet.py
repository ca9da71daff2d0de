"""The pictures of labels: one row of each shape, drawn as codespan-reporting draws them."""

from __future__ import annotations

import pytest

from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.diagnostics.render import render_one
from dtl.source import Source, Span


def picture(text: str, *labels: Label) -> str:
    """Return the drawing between the header and the notes."""
    report = render_one(Diagnostic(652, "title", labels), Source(text))
    return report.split("\n  = ")[0].split("\n   = ")[0]


def at(text: str, part: str, message: str = "", *, primary: bool = True, nth: int = 0) -> Label:
    """Return a label on the nth occurrence of a part."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return Label(Span(start, start + len(part)), message, primary)


def drawn(*lines: str) -> str:
    """Return a picture from its lines."""
    return "\n".join(["error[E652]: title", *lines])


def test_a_single_label_has_its_text_beside_it() -> None:
    text = ". |= .a"
    assert picture(text, at(text, ".a", "here")) == drawn(
        "  ┌─ :1:6",
        "  │",
        "1 │ . |= .a",
        "  │      ^^ here",
        "  │",
    ).replace("\n  │\n1", "\n  │\n1", 1)


def test_labels_of_one_span_hang_below_it() -> None:
    text = "upcase(5)"
    first, second = at(text, "5", "first"), at(text, "5", "second", primary=False)
    assert picture(text, first, second).split("\n")[3:] == [
        "1 │ upcase(5)",
        "  │        ^",
        "  │        │",
        "  │        first",
        "  │        second",
        "  │",
    ]


def test_of_three_labels_of_one_span_the_first_is_first_and_the_others_are_reversed() -> None:
    text = "x"
    labels = [at(text, "x", word) for word in ("one", "two", "three")]
    assert picture(text, *labels).split("\n")[6:9] == ["  │ one", "  │ three", "  │ two"]


def test_a_touching_label_keeps_its_own_line() -> None:
    text = 'upcase("a") -> |x| { x }'
    labels = [at(text, "-> |x| { x }", "closure"), at(text, text, "call", primary=False)]
    assert picture(text, *labels).split("\n")[4:9] == [
        "  │ ------------^^^^^^^^^^^^",
        "  │ │           │",
        "  │ │           closure",
        "  │ call",
        "  │",
    ]


def test_an_empty_span_at_the_end_has_a_caret_and_no_pointer() -> None:
    text = "[1"
    labels = [Label(Span(2, 2), "end"), Label(Span(2, 2), "list", primary=False)]
    assert picture(text, *labels).split("\n")[3:8] == ["1 │ [1", "  │   ^", "  │", "  │   end", "  │   list"]


def test_tabs_and_wide_characters_keep_carets_in_place() -> None:
    text = "\t日本 + bar"
    assert picture(text, at(text, "本", "wide"), at(text, "bar", "plain")).split("\n")[3:7] == [
        "1 │     日本 + bar",
        "  │       ^^   ^^^ plain",
        "  │       │",
        "  │       wide",
    ]


def test_a_combining_character_takes_no_column() -> None:
    text = "e\u0301 x"
    assert picture(text, at(text, "x", "here")).split("\n")[4] == "  │   ^ here"


def test_labels_over_several_lines_are_brackets() -> None:
    text = "filter([1]) -> |a, b| {\n\t0\n}; x"
    body = Span(text.index("{"), text.index("}") + 1)
    labels = [Label(body, "value"), Label(body, "expected", False), Label(body, "received", False)]
    assert picture(text, *labels).split("\n")[3:] == [
        "1 │       filter([1]) -> |a, b| {",
        "  │ ╭───────────────────────────^",
        "  │ │ ╭─────────────────────────'",
        "  │ │ │ ╭───────────────────────'",
        "2 │ │ │ │     0",
        "3 │ │ │ │ }; x",
        "  │ ╰─│─│─^ value",
        "  │   ╰─│─' expected",
        "  │     ╰─' received",
        "  │",
    ]


def test_a_bracket_that_begins_a_line_starts_beside_it() -> None:
    text = ".a = \n\n\n 1 / \n\n\n\n\n\n .b"
    target = Span(0, 8)
    labels = [
        Label(Span(9, len(text)), "fallible"),
        Label(target, "or change:", False),
        Label(target, ".a, err = 1 / .b", False),
    ]
    assert picture(text, *labels).split("\n")[1:] == [
        "   ┌─ :4:2",
        "   │",
        " 1 │   ╭ ╭ .a =",
        " 2 │   │ │",
        " 3 │   │ │",
        " 4 │ ╭ │ │  1 /",
        "   │ │ ╰─│' or change:",
        "   │ │   ╰' .a, err = 1 / .b",
        " 5 │ │",
        " 6 │ │",
        " 7 │ │",
        " 8 │ │",
        " 9 │ │",
        "10 │ │      .b",
        "   │ ╰───────^ fallible",
        "   │",
    ]


def test_a_single_line_label_stands_above_the_start_of_a_bracket() -> None:
    text = "_ = {\n 1\n}"
    labels = [
        Label(Span(4, len(text)), "no effect"),
        Label(Span(0, 1), "assign", False),
        Label(Span(0, 3), "remove", False),
    ]
    assert picture(text, *labels).split("\n")[3:] == [
        "1 │   _ = {",
        "  │   ---",
        "  │   │",
        "  │   remove",
        "  │   assign",
        "  │ ╭─────^",
        "2 │ │  1",
        "3 │ │ }",
        "  │ ╰─^ no effect",
        "  │",
    ]


def test_lines_far_from_a_label_are_cut_out() -> None:
    text = "{\n" + "x\n" * 20 + "}"
    lines = picture(text, Label(Span(0, len(text)), "long")).split("\n")
    assert [line.split("│")[0].split("·")[0].strip() for line in lines[3:]] == [
        "1",
        "2",
        "3",
        "4",
        "",
        "21",
        "22",
        "",
        "",
    ]
    assert lines[7] == "   · │"


def test_a_line_feed_can_be_labelled() -> None:
    text = ".a = (5 \n )+"
    newline = Span(text.index("\n"), text.index("\n") + 1)
    labels = [Label(newline, "unexpected"), Label(newline, "expected", False)]
    assert picture(text, *labels).split("\n")[3:] == [
        "1 │     .a = (5",
        "  │ ╭──────────^",
        "  │ │ ╭────────'",
        "2 │ │ │  )+",
        "  │ ╰─│^ unexpected",
        "  │   ╰' expected",
        "  │",
    ]


def test_a_diagnostic_without_labels_has_no_picture() -> None:
    assert render_one(Diagnostic(0, "no place"), Source("x")).split("\n")[:2] == [
        "error[E000]: no place",
        " = see language documentation at https://vrl.dev",
    ]


def test_colours_change_nothing_but_the_colour() -> None:
    text = "\t日本 + bar\n  x"
    diagnostic = Diagnostic(652, "title", (at(text, "本", "wide"), at(text, "bar\n  x", "plain", primary=False)))
    coloured = render_one(diagnostic, Source(text), colour=True)
    assert "\x1b[31m^^" in coloured
    assert _without_colours(coloured) == render_one(diagnostic, Source(text))


def _without_colours(text: str) -> str:
    plain = ""
    while text:
        before, _, after = text.partition("\x1b[")
        plain += before
        text = after.partition("m")[2]
    return plain


@pytest.mark.parametrize("text", ["", "\n", "a\r\nb", "\0", "\udc80"])
def test_odd_sources_are_drawn(text: str) -> None:
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            assert picture(text, Label(Span(start, end), "here"))


def test_a_terminal_obeys_nothing_in_a_report() -> None:
    text = 'a("\x1b]0;title\x07\u202e") + b'
    report = render_one(Diagnostic(652, "\x1b[2Jtitle", (at(text, "b", "here\x9b31m"),)), Source(text))
    assert 'a("]0;title") + b\n  │                 ^ here31m' in report
    assert report.startswith("error[E652]: [2Jtitle\n")
