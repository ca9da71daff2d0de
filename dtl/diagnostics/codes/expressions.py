"""Codes 400 to 900: constant arguments, assignments, operators, variables, and code without effect."""

from __future__ import annotations

from dtl.diagnostics.codes.calls import COERCE_HINT, COERCION, HANDLING
from dtl.diagnostics.codes.code import Code, Stage
from dtl.diagnostics.diagnostic import Severity

CODES = (
    Code(
        400,
        "unexpected expression type",
        "The parameter takes a certain form of expression, such as a path, and the argument has another form.",
        wrong="del(5)",
        right="del(.five)",
        stage=Stage.WRAPPED,
    ),
    Code(
        401,
        'invalid enum variant"',
        "The parameter takes one of a few constant texts. The label lists them.",
        wrong='log("a", level: "loud")',
        right='log("a", level: "warn")',
        stage=Stage.WRAPPED,
    ),
    Code(
        402,
        "this argument must be a static expression",
        "The parameter is needed when the program is compiled, so its argument must be a literal: a variable or a "
        "path has no value yet.",
        wrong="match_any(\"a\", [r'x', .pattern])",
        right="match_any(\"a\", [r'x', r'y'])",
        stage=Stage.WRAPPED,
    ),
    Code(
        403,
        "invalid argument",
        "The argument is of the right type, but its value makes no sense. The label says why.",
        wrong='chunks("abc", 0)',
        right='chunks("abc", 2)',
        stage=Stage.WRAPPED,
    ),
    Code(
        420,
        "expected function closure",
        "The function cannot be compiled without its closure. A missing closure is reported as E111.",
        stage=Stage.RESERVED,
    ),
    Code(
        601,
        "invalid timestamp",
        "The text of `t'...'` must be a point of time in RFC 3339 form: date, `T` or a space, time, and `Z` or an "
        "offset.",
        wrong="t'yesterday'",
        right="t'2024-02-29T12:30:00Z'",
        notes=("see documentation about timestamps at https://vrl.dev/expressions/#timestamp",),
    ),
    Code(
        602,
        "float literal can't be NaN",
        "A float is always a number. No literal can be written that is none.",
        stage=Stage.RESERVED,
    ),
    Code(
        610,
        "function compilation error: error[E<number>] <inner title>",
        "A function looked at its constant arguments when the program was compiled, and refused them. The inner code "
        "says why.",
        wrong='log("a", level: "loud")',
        right='log("a", level: "info")',
    ),
    Code(
        620,
        "can't abort infallible function",
        "The `!` stops the program when the function fails, but with these arguments it never does. Remove it.",
        wrong='.name = upcase!("a")',
        right='.name = upcase("a")',
        notes=(HANDLING,),
        severity=Severity.WARNING,
    ),
    Code(
        630,
        "fallible argument",
        "An argument can fail, and then there would be nothing to call the function with. Handle its error first.",
        wrong='to_string(to_int("1"))',
        right='to_string(to_int("1") ?? 0)',
        notes=(HANDLING,),
    ),
    Code(
        631,
        "unhandled fallible expression",
        "What follows `abort` or `return` can fail. Handle its error first.",
        wrong="abort 1 / .zero",
        right='abort "no quotient"',
        notes=(HANDLING,),
    ),
    Code(
        640,
        "unnecessary no-op assignment",
        "Assigning to `_` throws the value away. Assign it to something, or write the expression alone.",
        wrong="_ = 5",
        right=".five = 5",
    ),
    Code(
        641,
        "invalid assignment target",
        "Only a path or a variable can be assigned to, not a part of a literal or of a call's result.",
        wrong='{"a": 1}.a = 2',
        right=".a = 2",
    ),
    Code(
        642,
        "parent path segment rejects this mutation",
        "The path leads through a value that is known to be neither object nor array, so nothing can be put into it. "
        "Assign an object or array to the parent first.",
        wrong=".a = 5\n.a.b = 1",
        right=".a = {}\n.a.b = 1",
        notes=(HANDLING,),
    ),
    Code(
        650,
        "comparison operators can't be chained together",
        "`a < b < c` would compare a boolean with `c`. Write `a < b && b < c`.",
        wrong="1 < 2 < 3",
        right="1 < 2 && 2 < 3",
        notes=("see documentation about comparisons at https://vrl.dev/expressions/#comparison",),
    ),
    Code(
        651,
        "unnecessary error coalescing operation",
        "The left side of `??` never fails, so the right side would never be used. To replace null, write "
        "`if .x == null { .. }` or, for a path or null-able value, `||`.",
        wrong='.name ?? "unknown"',
        right='.name || "unknown"',
    ),
    Code(
        652,
        "only objects can be merged",
        "`|` and `|=` join two objects, and one side is not known to be an object.",
        wrong='{"a": 1} | .more',
        right='{"a": 1} | object!(.more)',
    ),
    Code(
        660,
        "non-boolean negation",
        "Only `true` and `false` have an opposite; other values do not count as one or the other.",
        wrong="!.flag",
        right="!bool!(.flag)",
        notes=(COERCE_HINT, COERCION),
    ),
    Code(
        701,
        "call to undefined variable",
        "Nothing was assigned to this variable before, or only inside a block that has ended. A field of the record "
        "is written with a leading dot.",
        wrong=".total = price",
        right=".total = .price",
    ),
    Code(
        801,
        "<item> is deprecated since v<version>",
        "The function or argument still works, but a later version will not have it.",
        severity=Severity.WARNING,
        stage=Stage.RESERVED,
    ),
    Code(
        900,
        "unused <thing>",
        "The value is computed and then not used, or a variable is never read. This is mostly a forgotten "
        "assignment. A variable whose name begins with `_` is not reported.",
        wrong='"forgotten"\n.a = 1',
        right='.kept = "assigned"\n.a = 1',
        notes=("this expression has no side-effects",),
        severity=Severity.WARNING,
    ),
    Code(
        0,
        "<error of the run>",
        "The program was compiled, and an expression without error handling failed for this record. The position is "
        "that of the expression.",
        wrong="to_int!(.text)",
        right="to_int(.text) ?? 0",
        stage=Stage.RUN,
    ),
)
