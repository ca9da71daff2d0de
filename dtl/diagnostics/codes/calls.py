"""Codes 100 to 122: what can fail and is not handled, and calls that do not fit their function."""

from __future__ import annotations

from dtl.diagnostics.codes.code import Code, Stage

HANDLING = "see documentation about error handling at https://errors.vrl.dev/#handling"
_CHARACTERISTICS = (
    "see functions characteristics documentation at https://vrl.dev/expressions/#function-call-characteristics"
)
COERCE_HINT = "hint: coerce the value to the required type using a coercion function"
COERCION = "see documentation about type coercion at https://functions.vrl.dev/#coerce-functions"

CODES = (
    Code(
        100,
        "unhandled error",
        "The expression can fail when the program runs, and nothing says what should happen then. Let it stop the "
        "program with `!`, give a value for that case with `??`, or catch the error: `value, err = ...`.",
        wrong="parse_json(string!(.body))",
        right='. = parse_json(string!(.body)) ?? {"unparsed": .body}',
        notes=(HANDLING,),
    ),
    Code(
        101,
        "invalid regular expression",
        "The text between the quotes of `r'...'` is not a regular expression. The syntax is that of Rust's regex "
        "crate: no look-around and no back-references, and every bracket has its partner.",
        wrong="r'(unclosed'",
        right="match(\"a1\", r'(unclosed|\\d)')",
        notes=("see documentation about regular expressions at https://vrl.dev/expressions/#regular-expression",),
    ),
    Code(
        102,
        "non-boolean predicate",
        "A condition must be `true` or `false`; other values do not count as one or the other. Compare the value, "
        "or coerce it with a function such as `bool` or `to_bool`.",
        wrong="if .count { .seen = true }",
        right="if .count != null { .seen = true }",
        notes=(COERCE_HINT, "see documentation about if expressions at https://vrl.dev/expressions/#if"),
    ),
    Code(
        103,
        "unhandled fallible assignment",
        "The right side of the assignment can fail, so it is not certain that there is a value to assign. Stop the "
        "program in that case with `!`, fall back to another value with `??`, or assign the error as well: "
        "`.field, err = ...`.",
        wrong=".ratio = .used / .total",
        right=".ratio, err = .used / .total",
        notes=(HANDLING, _CHARACTERISTICS),
    ),
    Code(
        104,
        "unnecessary error assignment",
        "Two targets before `=` catch a value and an error, but the right side never fails. Assign the value alone.",
        wrong='.name, err = "fixed"',
        right='.name = "fixed"',
        notes=(HANDLING,),
    ),
    Code(
        105,
        "call to undefined function",
        "No function has this name. Look for a misspelling; in programs for other versions the function may have "
        "been renamed or belong to the host.",
        wrong='uppcase("a")',
        right='upcase("a")',
    ),
    Code(
        106,
        "wrong number of function arguments",
        "The call has more arguments than the function has parameters.",
        wrong='downcase("A", "B")',
        right='downcase("A")',
        notes=("see documentation about function arguments at https://vrl.dev/expressions/#arguments",),
    ),
    Code(
        107,
        "missing function argument",
        "A parameter that has no default was given no argument. The label names it.",
        wrong='split("a-b")',
        right='split("a-b", "-")',
    ),
    Code(
        108,
        "unknown function argument keyword",
        "The name before the colon is none of the function's parameters. The label lists them.",
        wrong='split("a-b", sep: "-")',
        right='split("a-b", pattern: "-")',
    ),
    Code(
        109,
        "unexpected closure",
        "Only functions that call back, such as `filter` or `map_values`, take a closure; this one does not.",
        wrong='upcase("a") -> |letter| { letter }',
        right='upcase("a")',
    ),
    Code(
        110,
        "invalid argument type",
        "The argument's type does not fit the parameter, or may not fit it and nothing handles that. Assure the "
        "type (`string!(.x)` stops the program otherwise), coerce it (`to_string(.x)`), or call the function with "
        "`!` so that a wrong type is an error of the run.",
        wrong="downcase(.host)",
        right="downcase(string!(.host))",
        notes=(HANDLING,),
    ),
    Code(
        111,
        "missing closure",
        "The function calls a closure for each element and was given none: `-> |index, value| { ... }`.",
        wrong="filter([1, 2])",
        right="filter([1, 2]) -> |_index, value| { value > 1 }",
    ),
    Code(
        112,
        "<grok error>",
        "A grok pattern does not compile: it names a pattern that does not exist, or its regular expression is "
        "broken. The pattern is compiled with the program, so it is reported here and not for each record.",
        wrong='parse_grok!("a", "%{NO_SUCH_PATTERN:x}")',
        right='parse_grok!("a", "%{WORD:x}")',
        stage=Stage.WRAPPED,
    ),
    Code(
        113,
        "non-string abort message",
        "What follows `abort` is its message, and a message is a string.",
        wrong="abort 404",
        right='abort "not found"',
        notes=(COERCE_HINT, COERCION),
    ),
    Code(
        114,
        "expression type unavailable",
        "The kind of expression is switched off in this build. No build of DTL switches one off.",
        stage=Stage.RESERVED,
    ),
    Code(
        120,
        "invalid closure arity",
        "The closure has more or fewer parameters than the function passes to it. Name a parameter that you do not "
        "need with a leading underscore.",
        wrong="for_each([1]) -> |value| { value }",
        right="for_each([1]) -> |_index, value| { value }",
    ),
    Code(
        121,
        "type mismatch in closure parameter",
        "The function walks through an object or array, and its argument is neither. Assure the type first.",
        wrong="for_each!(.items) -> |_index, value| { value }",
        right="for_each(array!(.items)) -> |_index, value| { value }",
    ),
    Code(
        122,
        "type mismatch in closure return type",
        "The closure's block has a value of a type that the function cannot use: `filter`, for one, needs a boolean.",
        wrong="filter([1, 2]) -> |_index, value| { value }",
        right="filter([1, 2]) -> |_index, value| { value == 1 }",
    ),
)
