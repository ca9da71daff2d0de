"""What is said to who writes dtl as another language, and what becomes of the program when the advice is followed."""

from __future__ import annotations

import pytest

import dtl
from dtl.api import compile_text
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.ide.actions import applied
from dtl.source import Source

# program | a part of the note | the program after the fix ("" where none is offered)
CASES = """\
.a = “hello”                                | quote of a word processor | .a = "hello"
.a = ‘hello’                                | quote of a word processor | .a = 'hello'
.a = “hello                                 | quote of a word processor |
.a = `hello`                                | double quotes             |
if .a { .b = 2 } elif .c { .b = 3 }         | `else if`                 | if .a { .b = 2 } else if .c { .b = 3 }
if .a and .b { .c = 1 }                     | written `&&`              | if .a && .b { .c = 1 }
.a = .b or "x"                              | written `||`              | .a = .b || "x"
if not .a { .c = 1 }                        | written `!`               | if !.a { .c = 1 }
if .a is null { .c = 1 }                    | written `==`              | if .a == null { .c = 1 }
if .a == 1 &&& .b == 2 { .c = 1 }           | written `&&`              | if .a == 1 && .b == 2 { .c = 1 }
if .a === null { .c = 1 }                   | written `==`              | if .a == null { .c = 1 }
if .a !== null { .c = 1 }                   | written `!=`              | if .a != null { .c = 1 }
if .a = 1 { .b = 2 }                        | told by `==`              | if .a == 1 { .b = 2 }
.a = .foo?.bar                              | no `?` is needed          | .a = .foo.bar
.a = .b ? 1 : 2                             | if a { b } else { c }     |
.a = 1 if .b else 2                         | `if` comes first          |
.a = .items.0                               | in brackets               | .a = .items[0]
.a = .items[]                               | for item in list          |
.["a b"] = 1                                | behind a dot              | ."a b" = 1
.a["a b"] = 1                               | behind a dot              | .a."a b" = 1
.a-b = 1                                    | is quoted                 | ."a-b" = 1
.a.b-c = 1                                  | is quoted                 | .a."b-c" = 1
$x = 1                                      | no `$`                    | x = 1
let x = 1                                   | by assigning to it        | x = 1
i++                                         | write `i = i + 1`         |
.a += 1                                     | write `.a = .a + 1`       | .a = .a + 1
.a = f"hello {name}"                        | no `f` before it          |
function f(x) { x }                         | `fn name(value)           |
switch .a { 1 => 2 }                        | written `match`           |
match .a { 1: 2, _ => 3 }                   | has `=>`                  | match .a { 1=> 2, _ => 3 }
match .a { 1 -> 2, _ => 3 }                 | has `=>`                  | match .a { 1 => 2, _ => 3 }
import util                                 | names a file              |
try { .a = int!(.b) } except { .a = 0 }     | `catch`                   | try { .a = int!(.b) } catch { .a = 0 }
// a comment                                | begins with `#`           | # a comment
/* a comment */                             | begins with `#`           |
.a = .b // "x"                              | a default                 |
.a = 2 ** 3                                 | no operator               |
.a = 7 % 2                                  | `mod(a, b)`               |
.a = .b in ["x"]                            | `includes(list, value)`   |
.a = .b as string                           | `to_string`               |
.a = "a" . "b"                              | joined by `+`             |
.a = {b: 1}                                 | keys of an object         | .a = {"b": 1}
.a = {"a": 1, b: 2}                         | keys of an object         | .a = {"a": 1, "b": 2}
.a = del .b                                 | `del(...)`                |
if .a == 1 then .b = 2                      | in braces                 |
if (.a == 1) .b = 2                         | in braces                 |
if .a { .b = 1 } else .b = 2                | in braces                 |
for i = 0; i < 3 { .b = i }                 | elements of a list        |
for (x of .items) { .y = x }                | without parentheses       | for x in .items { .y = x }
for (const x of values(.items)) { .y = x }       | without parentheses       | for x in values(.items) { .y = x }
for (x in .items) { .y = x }                | without parentheses       | for x in .items { .y = x }
for (let i = 0; i < 3; i++) { .y = i }      | elements of a list        |
for x of .items { .y = x }                  | written `for x in list`   | for x in .items { .y = x }
for each x in .items { .y = x }             | is written `for`          | for x in .items { .y = x }
foreach x in .items { .y = x }              | is written `for`          | for x in .items { .y = x }
for x in .items do { .y = x }               | without a `do`            | for x in .items { .y = x }
while .a do { .a = false }                  | without a `do`            | while .a { .a = false }
loop { break }                              | `while true { ... }`      | while true { break }
unless .a { .b = 1 }                        | write `if !a { b }`       |
do { .a = 1 } while .b                      | there is no `do`          |
.a = undefined                              | written `null`            | .a = null
if .a == undefined { .b = 1 }               | written `null`            | if .a == null { .b = 1 }
string name = "x"                           | without a type            | name = "x"
.a = r"a+"                                  | single quotes             | .a = r'a+'
.a = match("a", /a+/)                       | written `r'...'`          | .a = match("a", r'a+')
.a = .items.map(|x| x + 1)                  | x => x + 1                |
.a = 1 }                                    | that this could close     | .a = 1
if .a == 1 { .b = 2                         | of `if .a == 1 { .b = 2`  |
.a = [1, 2⏎.b = 3                           | of `.a = [1, 2`           |
.a = parse_json!(.b⏎.c = 1                  | of `.a = parse_json!(.b`  |
.a = None                                   |                           | .a = null
.a = True                                   |                           | .a = true
.a = len("a")                               |                           | .a = length("a")
.a = str(.b)                                |                           | .a = to_string(.b)
.a = user                                   | with a dot before it      |
.a = length                                 | called as `length(...)`   |
.a = "n" + 1                                | joins two texts           | .a = "n" + to_string(1)
"""
LINES = CASES.replace("|\n", "| \n").splitlines()
ROWS = [tuple(part.strip().replace("⏎", "\n") for part in line.split(" | ")) for line in LINES]


def first(program: str, dialect: str = "dtl") -> Diagnostic:
    """Return the first finding of a program."""
    found: list[Diagnostic] = compile_text(Source(program), dialect).diagnostics
    return found[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_habits_of_other_languages(row: tuple[str, str, str]) -> None:
    program, note, fixed = row
    found = first(program)
    assert note in "\n".join(found.notes)
    if not fixed:
        assert found.code not in (203, 204, 205) or not found.fixes
        return
    after = applied(program, found.fixes[0].edits)
    assert after.strip() == fixed
    assert not [each for each in compile_text(Source(after), "dtl").diagnostics if each.is_error]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_vrl_says_what_it_says(row: tuple[str, str, str]) -> None:
    for found in compile_text(Source(row[0]), "vrl").diagnostics:
        assert not found.notes or found.code not in (203, 204, 205, 701)


def test_a_habit_is_met_in_any_place_of_a_program() -> None:
    program = ".a = 1\n\nif .b {\n  .c = 2\n} elif .d {\n  .c = 3\n}\n.e = “x”\n"
    found = compile_text(Source(program), "dtl").diagnostics
    assert [each.notes[0] for each in found if each.notes] == [
        "`elif` is written `else if`",
        '`“` is a quote of a word processor; programs have `"`',
    ]
    edits = [edit for each in found for fix in each.fixes[:1] for edit in fix.edits]
    assert dtl.compile(applied(program, tuple(edits))).run({"d": True}).record == {
        "a": 1, "c": 3, "d": True, "e": "x",
    }  # fmt: skip
