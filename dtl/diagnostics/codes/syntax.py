"""Codes 200 to 211: text that is not a program."""

from __future__ import annotations

from dtl.diagnostics.codes.code import Code, Stage

CODES = (
    Code(
        200,
        "syntax error",
        "A character belongs to no token of the language. Such characters are reported as E203.",
        stage=Stage.RESERVED,
    ),
    Code(
        201,
        "syntax error",
        "Text is left over after a complete program. This is reported as E203.",
        stage=Stage.RESERVED,
    ),
    Code(
        202,
        "syntax error",
        "The text has the form of a program, but a rule beyond the grammar forbids it.",
        stage=Stage.RESERVED,
    ),
    Code(
        203,
        "syntax error",
        "A token stands where the grammar does not allow it. The label lists what could stand there instead. A "
        "frequent cause is a missing operator or separator: two expressions need a line feed or `;` between them.",
        wrong=".total = 1 2",
        right=".total = 1 + 2",
    ),
    Code(
        204,
        "syntax error",
        "The program ends in the middle of an expression: a bracket is not closed, or an operand is missing.",
        wrong=".list = [1, 2",
        right=".list = [1, 2]",
    ),
    Code(
        205,
        "reserved keyword",
        "The word is kept for later versions of the language and cannot name a variable or function.",
        wrong="while = 1",
        right="during = 1",
    ),
    Code(
        206,
        "invalid numeric literal",
        "Integers have 64 bits: from -9223372036854775808 to 9223372036854775807.",
        wrong="9223372036854775808",
        right="9223372036854775807",
    ),
    Code(
        207,
        "invalid string literal",
        'A string that begins with `"` has no closing `"`.',
        wrong='.name = "open',
        right='.name = "closed"',
    ),
    Code(
        208,
        "invalid literal",
        "A literal that begins with `s'`, `r'` or `t'` has no closing quote.",
        wrong=".pattern = s'open",
        right=".pattern = s'closed'",
    ),
    Code(
        209,
        "invalid escape character: \\<character>",
        "In a string the backslash starts an escape, and this one does not exist. Write two backslashes for one, or "
        "use a raw string, `s'...'`, in which nothing is an escape.",
        wrong='"\\d"',
        right="s'\\d'",
    ),
    Code(
        210,
        "unexpected parse error",
        "The lexer met the end of the text inside a literal that it had taken for complete. Please report this.",
        stage=Stage.RESERVED,
    ),
    Code(
        211,
        "invalid unicode escape sequence",
        "`\\u{...}` takes one to six hexadecimal digits that number a Unicode scalar value.",
        wrong='"\\u{110000}"',
        right='"\\u{1F600}"',
    ),
)
