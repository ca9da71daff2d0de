"""Codes from 1000 up: what only dialect `dtl` has.

The blocks: 1000 match, 1100 functions and imports, 1200 methods and lambdas (none yet: VRL's codes for calls serve),
1300 loops, 1400 AI, 1500 effects and the sandbox, 1600 limits,
1700 files that embed programs, 1800 comments to the compiler.
"""

from __future__ import annotations

from dtl.diagnostics.codes.code import Code, Stage
from dtl.diagnostics.diagnostic import Severity


def _own(
    number: int,
    title: str,
    explanation: str,
    wrong: str = "",
    right: str = "",
    *,
    severity: Severity = Severity.ERROR,
    stage: Stage = Stage.COMPILE,
) -> Code:
    return Code(number, title, explanation, wrong, right, severity=severity, stage=stage, dialect="dtl")


CODES = (
    _own(
        1000,
        "match is not exhaustive",
        "Some values fit none of the arms, and then the match would have no value. Add arms for them, or `_` for all "
        "others.",
        wrong='.size = match .count { 0 => "none", 1 => "one" }',
        right='.size = match .count { 0 => "none", 1 => "one", _ => "many" }',
    ),
    _own(
        1001,
        "unreachable arm",
        "Earlier arms take every value that this one would take. Remove it, or move it up.",
        wrong='.size = match .count { _ => "any", 0 => "none" }',
        right='.size = match .count { 0 => "none", _ => "any" }',
        severity=Severity.WARNING,
    ),
    _own(
        1002,
        "pattern never matches",
        "The value's type is known, and no value of that type fits the pattern.",
        wrong='.kind = match upcase("a") { 5 => "five", _ => "other" }',
        right='.kind = match upcase("a") { "A" => "letter", _ => "other" }',
        severity=Severity.WARNING,
    ),
    _own(
        1003,
        "invalid pattern",
        "A range's ends must be two numbers or two strings, the lower one first, and a type pattern names a type.",
        wrong='.kind = match .count { 9..1 => "low", _ => "other" }',
        right='.kind = match .count { 1..9 => "low", _ => "other" }',
    ),
    _own(
        1100,
        "function is already defined",
        "Two functions of one name stand in the program, or a name is imported twice. Rename one of them.",
        wrong="fn twice(x: integer) { x * 2 }\nfn twice(x: integer) { x + x }\n.a = twice(2)",
        right="fn twice(x: integer) { x * 2 }\n.a = twice(2)",
    ),
    _own(
        1101,
        "parameter is already defined",
        "Two parameters have the same name.",
        wrong="fn add(x, x) { x }",
        right="fn first(x, y) { x }\n.a = first(1, 2)",
    ),
    _own(
        1102,
        "unknown type",
        "The name after the colon or arrow is not a type. Types are string, integer, float, boolean, null, "
        "timestamp, regex, object, array and any.",
        wrong="fn same(x: number_like) { x }",
        right="fn same(x: integer) { x }\n.a = same(1)",
    ),
    _own(
        1103,
        "type mismatch in return value",
        "The function's body has a value of another type than the one that its head promises.",
        wrong="fn name() -> string { 5 }\n.a = name()",
        right='fn name() -> string { "five" }\n.a = name()',
    ),
    _own(
        1104,
        "function must be defined at the top level",
        "Functions stand beside the program's statements, not inside a block.",
        wrong="if true { fn one() { 1 } }",
        right="fn one() { 1 }\n.a = one()",
    ),
    _own(
        1106,
        "cannot import",
        "The file cannot be read, or it is outside the places from which this program may import.",
        wrong='import "no_such_file.dtl"',
        right=".a = 1",
    ),
    _own(
        1107,
        "import cycle",
        "The file imports itself, directly or through other files. Move what both need into a third file.",
        stage=Stage.RESERVED,
    ),
    _own(
        1108,
        "imported file has statements",
        "Only functions and imports may stand in a file that is imported: importing it runs nothing.",
        stage=Stage.RESERVED,
    ),
    _own(
        1109,
        "required parameter after an optional one",
        "Once a parameter has a default, all that follow need one.",
        wrong="fn pad(width = 2, text) { text }",
        right="fn pad(text, width = 2) { text }\n.a = pad(1)",
    ),
    _own(
        1300,
        "break or continue outside of a loop",
        "`break` and `continue` steer the loop around them, and there is none.",
        wrong="break",
        right="for item in [1, 2] { break }",
    ),
    _own(
        1301,
        "cannot iterate",
        "`for` walks through an array or object, and the value is neither.",
        wrong="for item in 5 { .a = item }",
        right="for item in [5] { .a = item }",
    ),
    _own(
        1400,
        "no such model or store",
        "The program names a model or a vector store that the configuration does not have, or one that cannot do what "
        "is asked of it. Name one of its entries, or add one.",
        stage=Stage.HOST,
    ),
    _own(
        1401,
        "AI call inside a loop",
        "Each turn of the loop asks the model again. Ask once for the whole collection where you can.",
        severity=Severity.WARNING,
        stage=Stage.RESERVED,
    ),
    _own(
        1500,
        "not allowed in the sandbox",
        "The program runs without access to the network, the environment and the file system, and this function, or "
        "what it is given, needs one of them.",
        stage=Stage.RESERVED,
    ),
    _own(
        1600,
        "nested too deeply",
        "The program nests expressions deeper than the compiler follows. Assign inner parts to variables.",
        wrong="(" * 3000 + "1" + ")" * 3000,
        right="((1))",
    ),
    _own(
        1601,
        "program takes too many steps",
        "The run was stopped after the number of steps that its limits allow.",
        stage=Stage.RUN,
    ),
    _own(
        1602,
        "value is too large",
        "The run was stopped because a value grew beyond the size that its limits allow.",
        stage=Stage.RUN,
    ),
    _own(
        1603,
        "value is nested too deeply",
        "The run was stopped because a value is nested deeper than its limits allow.",
        stage=Stage.RUN,
    ),
    _own(
        1700,
        "not YAML or TOML",
        "The file around the programs is not well-formed. Programs before the break were still checked, those after it "
        "were not.",
        stage=Stage.HOST,
    ),
    _own(
        1701,
        "unknown backend of secrets",
        "The program takes a secret from a backend that the file's section `secret` does not declare. Declare it "
        "there, unless another file of the configuration does.",
        severity=Severity.WARNING,
        stage=Stage.HOST,
    ),
    _own(
        1702,
        "a condition must be a boolean",
        "The condition of a filter or a route decides with `true` or `false`, and this one never gives either.",
        stage=Stage.HOST,
    ),
    _own(
        1800,
        "comment silences nothing",
        "A comment allows a warning that is not found where the comment stands: after code it is for that line, on a "
        "line of its own for the statement that follows. Remove it, so that it hides nothing later.",
        wrong="# dtl: allow(E900)\n.total = 1",
        right="# dtl: allow(E900)\nunused = 1\n.total = 1",
        severity=Severity.WARNING,
    ),
)
