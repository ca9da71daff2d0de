"""VRL programs and the trees they have, as `show` writes them."""

from __future__ import annotations

import pytest

from dtl.source import Source
from dtl.syntax import nodes
from dtl.syntax.parser import parse
from dtl.syntax.show import show

# program, its root expressions
TREES = [
    ("", ""),
    ("\n\n# nothing\n", ""),
    ("1", "1"),
    ("\n1;\n\n2\n", "1; 2"),
    ("1_000; 1__0; 007; -5; 1.; 2_0.5_0; -0.0", "1000; 10; 7; -5; 1.0; 20.5; -0.0"),
    ("5a = 6; 5a", "5a = 6; 5a"),
    ("9223372036854775807; -9223372036854775808", "9223372036854775807; -9223372036854775808"),
    (r'"a\tb\\\"\u{1F30E}\0\'\{\}"', '"a\tb\\"🌎\0\'{}"'),
    ('"one\\\n   \n two"', '"onetwo"'),
    ('"one\ntwo"', '"one\ntwo"'),
    ('"a{{x}}b{{ y }}"', '"a{{ x }}b{{ y }}"'),
    (r'"\{{x\}}"', '"{{x}}"'),
    (r'"\\{{x}}"', '"{{x}}"'),
    ('"<{{x}"', '"<"'),
    ('"{{}}"', '""'),
    ('{"k{{x}}": 1}', '{ "k{{x}}": 1 }'),
    ('."a{{x}}" = 1', '."a{{ x }}" = 1'),
    (
        r"s'it\'s'; r'it\'s'; t'2020-01-01T00:00:00Z'",
        r"""s'it\'s'; r'it's'; t'2020-01-01T00:00:00Z'""".replace("s'it", '"it', 1).replace("s';", 's";', 1),
    ),
    (".; %; .a; %a.b; x.a[0]; .a[-1].b; .[0]; %[1]", ".; %; .a; %a.b; x.a[0]; .a[-1].b; .[0]; %[1]"),
    ('.a.b[0]."c d".e@f; ."a""b"; .x[0]a; .a[ 0 ]; .1a', '.a.b[0]."c d".e@f; .a.b; .x[0].a; .a[0]; .1a'),
    (".if.for.null.string.abort", ".if.for.null.string.abort"),
    ('[5,6][1]; {"a":1}.a; { x }.q; f(.b)[0].c', '[5, 6][1]; { "a": 1 }.a; { x }.q; f(.b)[0].c'),
    ("f!(1)\n.a = f(.b).c", "f(1); .a = f(.b).c"),
    ("[\n1,\n2,\n]", "[1, 2]"),
    ('{\n"a": 1,\n"b": 2\n}', '{ "a": 1, "b": 2 }'),
    ('{}; {1}; {{1}}; {"a"}', '{  }; { 1 }; { { 1 } }; { "a" }'),
    ("{ 1; 2\n3 }", "{ 1; 2; 3 }"),
    ("f(\n1,\nx: 2,\n)", "f(1, 2)"),
    ("f(if: 1, for : 2, null: 3)", "f(1, 2, 3)"),
    ("string!(x); int(x); for(1)", "string(x); int(x); for(1)"),
    (
        "f(x) -> |k, _| { k }; f(x)->||{ 1 }; f(x) -> |v|\n{ v }",
        "f(x) -> |k, _| { k }; f(x) -> || { 1 }; f(x) -> |v| { v }",
    ),
    ("x = y = 3; x |= {}; .a, err = f(x); _ = 1", "x = y = 3; x |= {  }; .a, err = f(x); _ = 1"),
    ("x =\n1; y = 1 +\n2", "x = 1; y = 1 + 2"),
    ("if a { 1 }; if (a) {1}else{2}", "if a { 1 }; if (a) { 1 } else { 2 }"),
    ("if a\n{ 1 }\n# why\n\nelse\nif b { 2 } else\n{ 3 }", "if a { 1 } else if b { 2 } else { 3 }"),
    ("if (x = 1; x == 1) { x }; if (\nx\n) { x }", "if (x = 1; x == 1) { x }; if x { x }"),
    ('abort; abort "m"; return x = 1; abort f(x) + 1', 'abort; abort "m"; return x = 1; abort f(x) + 1'),
    ("in = 1; match = 2; fn = in + match; this = try_", "in = 1; match = 2; fn = in + match; this = try_"),
    ("!!a; ! a", "!!a; !a"),
    ("3 - -1; x- 1; x= -1", "3 - -1; x - 1; x = -1"),
]

# operators, grouped by parentheses
GROUPS = [
    ("1 + 2 * 3", "(1 + (2 * 3))"),
    ("10 - 2 - 3", "((10 - 2) - 3)"),
    ("a || b && c", "((a || b) && c)"),
    ("a && b || c", "((a && b) || c)"),
    ("a | b == c", "((a | b) == c)"),
    ("f(x) + 1 ?? 9", "((f(x) + 1) ?? 9)"),
    ("a ?? b ?? c || d", "((a ?? b) ?? (c || d))"),
    ("!a == b", "(!a == b)"),
    ("a == b < c", "(a == (b < c))"),
    ("a < b + c | d", "(a < ((b + c) | d))"),
]


def grouped(node: nodes.Expression) -> str:
    """Return an expression with parentheses around every operator."""
    if isinstance(node, nodes.Binary):
        return f"({grouped(node.left)} {node.operator.text} {grouped(node.right)})"
    return show(node)


@pytest.mark.parametrize("dialect", ["vrl", "dtl"])
@pytest.mark.parametrize(("text", "expected"), TREES)
def test_a_program_has_its_tree(text: str, expected: str, dialect: str) -> None:
    program, problems = parse(Source(text), dialect)
    assert problems == []
    assert "; ".join(map(show, program.body)) == expected


@pytest.mark.parametrize("dialect", ["vrl", "dtl"])
@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_operators_bind_by_their_level(text: str, expected: str, dialect: str) -> None:
    program, problems = parse(Source(text), dialect)
    assert problems == []
    assert grouped(program.body[0]) == expected


@pytest.mark.parametrize("text", [text for text, _ in TREES + GROUPS])
def test_dtl_reads_a_vrl_program_as_vrl_does(text: str) -> None:
    assert parse(Source(text), "dtl") == parse(Source(text), "vrl")


def test_comments_are_kept_beside_the_tree() -> None:
    program, _ = parse(Source("# one\n1 # two\n\n# three\nelse_ = 2"), "vrl")
    assert [comment.text for comment in program.comments] == [" one", " two", " three"]


def test_nodes_know_their_places() -> None:
    text = ".a, err = f!(k: .b[0].c) -> |v| { v }"
    program, _ = parse(Source(text), "vrl")
    (node,) = program.body
    assert isinstance(node, nodes.AssignResult)
    call = node.value
    assert isinstance(call, nodes.Call) and call.bang is not None and call.closure is not None

    def at(span: tuple[int, int]) -> str:
        return text[span[0] : span[1]]

    assert [at(node.span), at(node.ok.span), at(node.error.span)] == [text, ".a", "err"]
    assert [at(call.span), at(call.name.span), at(call.bang)] == ["f!(k: .b[0].c) -> |v| { v }", "f", "!"]
    assert text[: call.arguments_end].endswith(")")
    assert [at(call.arguments[0].span), at(call.arguments[0].value.span)] == ["k: .b[0].c", ".b[0].c"]
    assert [at(call.closure.span), at(call.closure.parameters_span)] == ["-> |v| { v }", "|v|"]
    value = call.arguments[0].value
    assert isinstance(value, nodes.Query)
    assert [at(segment.span) for segment in value.path] == ["b", "[0]", "c"]
