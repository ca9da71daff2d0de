"""Programs that are no programs, and what is said about them."""

from __future__ import annotations

import pytest

from dtl.source import Source
from dtl.syntax import nodes
from dtl.syntax.parser import parse

OPERATORS = '"+", "*", "-", "/", "<", "<=", ">", ">=", "==", "!=", "|", "&&", "||", "??"'
LITERALS = (
    '"string literal", "raw string literal", "integer literal", "float literal", "regex literal", "timestamp literal"'
)
START = (
    f'"identifier", {LITERALS}, "function call", "path literal", "if", "null", "true", "false", "abort", "return", '
    '"\\n", "_", "!", "[", "{", "("'
)
ANY_WORD = (
    f'"identifier", {LITERALS}, "function call", "path literal", "abort", "return", "\\n", "!", "[", "{{", "(", ")"'
)
AFTER = f'";", "\\n", "|", {OPERATORS}'

# program, code, place, what is unexpected, what is expected
SYNTAX = [
    ("1 2", 203, (2, 3), "IntegerLiteral", AFTER),
    (".a .b", 203, (3, 4), "LQuery", f'";", "\\n", "|", "=", "|=", ",", {OPERATORS}'),
    (")", 203, (0, 1), "RParen", START),
    ("1 )", 203, (2, 3), "RParen", '";", "\\n"'),
    ("[1", 204, (2, 2), None, '"\\n", ",", "]"'),
    (".a = ", 204, (4, 4), None, START),
    ("f(,)", 203, (2, 3), "Comma", ANY_WORD),
    (".a[x]", 203, (3, 4), "Identifier", '"integer literal"'),
    ("f(x) -> y", 203, (8, 9), "Identifier", '"|", "|", "||"'),
    ("f(x) -> |v {", 203, (11, 12), "LBrace", '"\\n", "|", ",", "|"'),
    ("if a { 1 } 5", 203, (11, 12), "IntegerLiteral", '"else", ";", "\\n"'),
    ("a // b", 203, (2, 4), "Operator", f'";", "\\n", "|", "=", "|=", ",", {OPERATORS}'),
    ("a ? b", 203, (2, 3), "Question", f'";", "\\n", "|", "=", "|=", ",", {OPERATORS}'),
    ("`", 203, (0, 1), "InvalidToken", START),
    ("x -1", 203, (2, 4), "IntegerLiteral", f'";", "\\n", "|", "=", "|=", ",", {OPERATORS}'),
    (
        ".r = ..a",
        203,
        (6, 7),
        "LQuery",
        '"identifier", "path field", "string literal", RQuery, "abort", "return", ".", "["',
    ),
]

# program, code, message, place
LITERAL = [
    ("9223372036854775808", 206, "invalid numeric literal", (0, 19)),
    ('.a = "abc', 207, "invalid string literal", (5, 6)),
    ("s'abc", 208, "invalid literal", (1, 2)),
    (r'"ab\x"', 209, r"invalid escape character: \x", (4, 5)),
    (r'"\u0041"', 209, r"invalid escape character: \0", (3, 4)),
    (r'"\u{D800}"', 211, "invalid unicode escape sequence", (1, 9)),
    (r'"\u{}"', 211, "invalid unicode escape sequence", (1, 5)),
    ('f( # c\n"x")', 207, "invalid string literal", (9, 10)),
]

# program, codes in order
CODES = [
    ("1 2\n3", [203]),
    ("(1\n+ 2)", [203, 203]),
    ("(\n1\n)", [203, 203]),
    (";1", [203]),
    ("1;;2", [203]),
    ("1;\n;2", [203]),
    ("for = 1", [205]),
    ("x = array", [205]),
    ("1 2 3; for 4 ;;5", [203, 205, 203]),
    ('1 2\n"\\x"', [209]),
    ("1 2; \\ 3", [203]),
    ("if true {}", [203]),
    ("if(true){1}", [203]),
    ("if false { 1 };else { 2 }", [203]),
    ("x!=2", [203]),
    ("1+-1", [203]),
    ("-(1)", [203]),
    ("true&&!false", [203]),
    (".r = (1 + 2).a", [203]),
    (".foo.[0] = 1", [203]),
    ("%.a = 1", [203]),
    ("x [0]", [203]),
    ("f (1)", [203]),
    ("'a'", [203]),
    ("@a = 1", [203]),
    ("[x = 1]", [203]),
    ("x = f(.a) ?? abort", [203]),
    ("1 + if true { 1 }", [203]),
    ("{a: 1}", [203]),
    ("return", [204]),
    ("if true", [204]),
]


@pytest.mark.parametrize(("text", "code", "place", "token", "expected"), SYNTAX)
def test_an_unexpected_token(text: str, code: int, place: tuple[int, int], token: str | None, expected: str) -> None:
    _, problems = parse(Source(text), "vrl")
    problem = problems[0]
    assert (problem.code, problem.message, tuple(problem.span)) == (code, "syntax error", place)
    first = f'unexpected syntax token: "{token}"' if token else "unexpected end of program"
    assert [label.text for label in problem.labels] == [first, f"expected one of: {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".a = ", "an expression"),
        (".a = (1", '")"'),
        ("match .x { 1 -> 2 }", '"if", "|", "=>", "..", "..="'),
        ("try { 1 } 2", '"catch"'),
        ("for x 1 { }", '",", "in"'),
        ('import { a b } from "x"', 'a new line, ",", "}", "as"'),
        ("[1 2]", 'an operator, a new line, ",", "]"'),
        (".a. = 1", "a field, a function call"),
        ("fn f(1) { 2 }", 'a name, ")"'),
    ],
)
def test_what_dtl_expects_are_its_own_tokens(text: str, expected: str) -> None:
    _, problems = parse(Source(text), "dtl")
    assert problems[0].labels[-1].text == f"expected one of: {expected}"


@pytest.mark.parametrize(
    ("text", "note", "fixed"),
    [
        (".a += 1", "write `.a = .a + 1`", ".a = .a + 1"),
        ("x *= 1 + 2 # c", "write `x = x * (1 + 2)`", "x = x * (1 + 2) # c"),
        ('if true { .b[0] ??= "x" }', 'write `.b[0] = .b[0] ?? "x"`', 'if true { .b[0] = .b[0] ?? "x" }'),
        (".a -= f(\n1)", "write `.a = .a - ...`", None),
        ("f(.a) += 1", "write `x = x + y`", None),
        (".a + = 1", None, None),
        (".a += ", "write `.a = .a + ...`", None),
    ],
)
def test_an_operator_that_assigns(text: str, note: str | None, fixed: str | None) -> None:
    source = Source(text)
    _, problems = parse(source, "dtl")
    assert problems[0].message == "syntax error"
    assert (problems[0].notes[0] if problems[0].notes else "").endswith(note or "")
    assert bool(problems[0].notes) is (note is not None)
    edits = [edit for fix in problems[0].fixes for edit in fix.edits]
    assert [text[: edit.span.start] + edit.text + text[edit.span.end :] for edit in edits] == [fixed] * bool(fixed)
    assert not parse(source, "vrl")[1][0].notes
    if fixed is not None:
        assert not parse(Source(fixed), "dtl")[1]


def test_a_path_that_ends_early() -> None:
    _, (problem,) = parse(Source("x\n.a."), "vrl")
    assert problem.span == (4, 5)
    assert problem.labels[0].text == "unexpected end of query path"


@pytest.mark.parametrize(("text", "code", "message", "place"), LITERAL)
def test_a_broken_literal_is_the_only_finding(text: str, code: int, message: str, place: tuple[int, int]) -> None:
    _, problems = parse(Source("1 2\n" + text), "vrl")
    assert [(problem.code, problem.message) for problem in problems] == [(code, message)]
    assert (problems[0].span.start - 4, problems[0].span.end - 4) == place


@pytest.mark.parametrize(("text", "codes"), CODES)
def test_errors_are_recovered_at_root_expressions(text: str, codes: list[int]) -> None:
    _, problems = parse(Source(text), "vrl")
    assert [problem.code for problem in problems] == codes


def test_what_is_not_broken_is_still_parsed() -> None:
    text = "a = 1\nb = = 2\nc = 3; d 4; e = 5"
    program, problems = parse(Source(text), "vrl")
    assert len(problems) == 2
    kinds = [type(node).__name__ for node in program.body]
    assert kinds == ["Assign", "Invalid", "Assign", "Invalid", "Assign"]
    assert [text[node.span.start : node.span.end] for node in program.body if isinstance(node, nodes.Invalid)] == [
        "b = = 2",
        "d 4",
    ]


def test_in_dtl_a_broken_literal_hides_nothing() -> None:
    program, problems = parse(Source('a = 1\nb = "x\nc = 3\nd 4'), "dtl")
    assert [problem.code for problem in problems] == [207, 203]
    assert [type(node).__name__ for node in program.body] == ["Assign", "Invalid", "Assign", "Invalid"]


@pytest.mark.parametrize("dialect", ["vrl", "dtl"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000 + "]" * 5000,
        "(" * 5000 + "1" + ")" * 5000,
        "f(" * 5000 + ")" * 5000,
        "if x { " * 3000 + "1" + " }" * 3000,
        "1" + " + 1" * 10_000,
        "!" * 10_000 + "x",
        "x = " * 10_000 + "1",
        "abort " * 10_000,
    ],
    ids=lambda text: text[:6],
)
def test_too_deep_a_tree_is_an_error(text: str, dialect: str) -> None:
    program, problems = parse(Source(text + "\n.ok = 1"), dialect)
    assert [problem.code for problem in problems] == [1600]
    assert [type(node).__name__ for node in program.body] == ["Invalid", "Assign"]


@pytest.mark.parametrize("dialect", ["vrl", "dtl"])
@pytest.mark.parametrize(
    "piece", ["[", "(", "{", "f(", '"', "'", "..", "x.y(", '{"a":', ".x[0](", "-", "#\n", "match x { _ => "]
)
def test_no_text_is_too_much(piece: str, dialect: str) -> None:
    parse(Source(piece * 3000), dialect)
