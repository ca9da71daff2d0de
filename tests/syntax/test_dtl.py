"""What dtl adds to VRL's syntax, as `show` writes it: a method as a call, a lambda as a closure."""

from __future__ import annotations

import pytest

from dtl.source import Source
from dtl.syntax import nodes
from dtl.syntax.parser import parse
from dtl.syntax.show import show

# program, its root expressions
TREES = [
    # strings
    (".a = 'it\\'s \"x\"'", '.a = "it\'s "x""'),
    ("{'k': 'v{{ x }}'}", '{ "k": "v{{ x }}" }'),
    ('"{{ .a.b }} {{ x.y[0] }} {{ z }} {{ . }}"', '"{{ .a.b }} {{ x.y[0] }} {{ z }} {{ . }}"'),
    # methods
    (".first.upcase()", "upcase(.first)"),
    (".keys(); %m.keys()", "keys(.); keys(%m)"),
    ("\"abc\".upcase(); s'x'.f(); 5.to_string(); 1.5.floor()", 'upcase("abc"); f("x"); to_string(5); floor(1.5)'),
    ('(1 + 2).to_string(); [1].len(); {"a": 1}.keys()', 'to_string((1 + 2)); len([1]); keys({ "a": 1 })'),
    ("x.y[0].upcase!().len()", "len(upcase(x.y[0]))"),
    (".a.parse_json!().b[0].c.d(1).e", "d(parse_json(.a).b[0].c, 1).e"),
    ("f(.a).g(.b.h()).i", "g(f(.a), h(.b)).i"),
    (".xs.match(r'x'); if (.a).b { 1 }", "match(.xs, r'x'); if (.a).b { 1 }"),
    (".y = .xs.map(1) -> |i, x| { x }", ".y = map(.xs, 1) -> |i, x| { x }"),
    # lambdas
    ("map(.xs, item -> item.price * 2)", "map(.xs) -> |item| { item.price * 2 }"),
    ("map(.xs, (k, v) -> k, )", "map(.xs) -> |k, v| { k }"),
    (".xs.filter(x -> x > 1).map(_ -> 1)", "map(filter(.xs) -> |x| { x > 1 }) -> |_| { 1 }"),
    ("f(() -> { y = 1; y })", "f() -> || { y = 1; y }"),
    ('f(x -> { "a": x })', 'f() -> |x| { { "a": x } }'),
    ("f(x -> g(x, y -> x + y))", "f() -> |x| { g(x) -> |y| { x + y } }"),
    # match
    ('match .a { "a" => 1, "b" | "c" => 2 }', 'match .a { "a" => 1, "b" | "c" => 2 }'),
    (
        "match (x) {\n  1..5 => 1\n  6..=9 => 2,\n  ..0 => 3\n 10.. => 4\n}",
        "match (x) { 1..5 => 1, 6..=9 => 2, ..0 => 3, 10.. => 4 }",
    ),
    ("match x { -3..=-1 => 0, 1.5..2.5 => 1 }", "match x { -3..=-1 => 0, 1.5..2.5 => 1 }"),
    (
        "match x { string s => s, integer => 1, y if y == 1 => y, _ => 9 }",
        "match x { string s => s, integer => 1, y if y == 1 => y, _ => 9 }",
    ),
    (
        "match x {\n null => abort\n r'a' => { y = 1; y }\n _ => .c = 3\n}",
        "match x { null => abort, r'a' => { y = 1; y }, _ => .c = 3 }",
    ),
    ("match x { _ => if a { 1 } else { 2 } }", "match x { _ => if a { 1 } else { 2 } }"),
    # operands
    ("x = 1 + if a { 1 } else { 2 }", "x = 1 + if a { 1 } else { 2 }"),
    ("f(if a { 1 } else if b { 3 }, match x { _ => 1 })", "f(if a { 1 } else if b { 3 }, match x { _ => 1 })"),
    ('[if a { 1 }]; {"a": if a { 1 }}; (if a { 1 })', '[if a { 1 }]; { "a": if a { 1 } }; (if a { 1 })'),
    ("x = [try { 1 } catch { 2 }]", "x = [try { 1 } catch { 2 }]"),
    (
        'x = y ?? abort; x = y ?? abort "m"; if x ?? abort { 1 }',
        'x = y ?? abort; x = y ?? abort "m"; if x ?? abort { 1 }',
    ),
    ('x = f(a ?? throw "x", 2); x = a || return 5', 'x = f(a ?? throw "x", 2); x = a || return 5'),
    ("x = a ?? b || throw c", "x = a ?? b || throw c"),
    # statements
    ("x = 1\nif .q > 0.7 &&\n.d < 0.9\n", "x = 1; if .q > 0.7 && .d < 0.9"),
    ("try {\n.a = 1\n}\ncatch err\n{ .e = err }", "try { .a = 1 } catch err { .e = err }"),
    ('throw "x" + y; throw("x")', 'throw "x" + y; throw ("x")'),
    (
        'fn f(a: integer,\n b = 1, c: string = "x") -> integer { a + b }; fn g() { 1 }',
        'fn f(a: integer, b = 1, c: string = "x") -> integer { a + b }; fn g() { 1 }',
    ),
    ("import \"x.dtl\"\nimport {\n a,\n b as c,\n} from 'y.dtl'", 'import "x.dtl"; import { a, b as c } from "y.dtl"'),
    ("for x in .xs { break }; for k, v in .o { continue }", "for x in .xs { break }; for k, v in .o { continue }"),
    ("while x < 3 { x = x + 1 }", "while x < 3 { x = x + 1 }"),
    # operators without spaces
    (
        "-x; x-1; x=-1; x!=2; .a!=1; 1+-1; 3-1; 3 -1; - 5",
        "-x; x - 1; x = -1; x != 2; .a != 1; 1 + -1; 3 - 1; 3 - 1; -5",
    ),
    (
        "true&&!false; f(x)!=2; .a[0]!=1; x|=-1; if(a!=b){1}",
        "true && !false; f(x) != 2; .a[0] != 1; x |= -1; if (a != b) { 1 }",
    ),
    # newlines
    ("(\n1\n+ 2\n)", "(1 + 2)"),
    ('f(\n1\n,\n2\n); [1\n,2]; {"a":\n 1}', 'f(1, 2); [1, 2]; { "a": 1 }'),
    (".a = b\n&& c\n|| d\n?? e", ".a = b && c || d ?? e"),
    ("1\n# why\n+ 2\n- 3", "1 + 2 - 3"),
    ("a\n-1\n.b", "a; -1; .b"),
    ("x = f(y)\n-> |v| { v }", "x = f(y) -> |v| { v }"),
    # words that are names
    (
        "match = 1; in = throw; catch = [fn, import]; if match { 1 }",
        "match = 1; in = throw; catch = [fn, import]; if match { 1 }",
    ),
    ("f(match: 1, for: 2, if: 3, try: 4); match(.a, r'x')", "f(1, 2, 3, 4); match(.a, r'x')"),
    (".match.for.if.try.in = 1; for match in xs { match }", ".match.for.if.try.in = 1; for match in xs { match }"),
    ("this; this.a; import = 1\nimport", "this; this.a; import = 1; import"),
]

ERRORS = [
    ("if a { 1 } else if b", [204]),
    ("match x { }", [203]),
    ("fn f( { }", [203]),
    ("for in x { 1 }", [203]),
    ("for = 1", [205]),
    ("try { 1 }", [204]),
    ("x = try", [205]),
    ("1 2", [203]),
    (".a = 'abc", [207]),
    ("f(x -> x, 2)", [203]),
    ("if a\n1", [203]),
]

# A condition and what it is over the event.
CONDITIONS = [
    ("age >= 18 && status == 'active'", '.age >= 18 && .status == "active"'),
    ("text.length() > 10", "length(.text) > 10"),
    ("similar_docs[0].score > 0.9", ".similar_docs[0].score > 0.9"),
    ("\n user.name != null \n", ".user.name != null"),
    ("xs.any(x -> x > limit)", "any(.xs) -> |x| { x > .limit }"),
    ("match kind { string s => s == name, other => other }", "match .kind { string s => s == .name, other => other }"),
    ("{ y = a; y > 1 }", "{ y = .a; y > 1 }"),
    ("this.a == .b", ".a == .b"),
    ("exists(this)", "exists(.)"),
]


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_a_program_has_its_tree(text: str, expected: str) -> None:
    program, problems = parse(Source(text))
    assert problems == []
    assert "; ".join(map(show, program.body)) == expected


@pytest.mark.parametrize(("text", "codes"), ERRORS)
def test_a_program_that_is_none(text: str, codes: list[int]) -> None:
    _, problems = parse(Source(text))
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_in_a_condition_a_name_is_a_field(text: str, expected: str) -> None:
    program, problems = parse(Source(text), start="condition")
    assert problems == []
    assert [show(node) for node in program.body] == [expected]


@pytest.mark.parametrize("text", ["a b", "a == 1; b", "(a", ""])
def test_a_condition_is_one_expression(text: str) -> None:
    _, problems = parse(Source(text), start="condition")
    assert len(problems) == 1


def test_a_method_knows_its_places() -> None:
    text = "x = .a.b.f!(1).c"
    program, _ = parse(Source(text))
    (node,) = program.body
    assert isinstance(node, nodes.Assign) and isinstance(node.value, nodes.Query)
    call = node.value.target
    assert isinstance(call, nodes.MethodCall) and call.bang is not None
    places = [node.value.span, call.span, call.receiver.span, call.name.span, call.bang]
    assert [text[start:end] for start, end in places] == [".a.b.f!(1).c", ".a.b.f!(1)", ".a.b", "f", "!"]
    assert call.arguments_end == call.span.end


def test_the_path_in_a_template_knows_its_place() -> None:
    text = 'x = "a {{  .b.c }}"'
    program, _ = parse(Source(text))
    assert isinstance(program.body[0], nodes.Assign) and isinstance(program.body[0].value, nodes.Template)
    part = program.body[0].value.parts[1]
    assert text[part.span.start : part.span.end] == ".b.c"
