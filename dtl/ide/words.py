"""The words of the language besides functions: what a hover says of them, and how a completion writes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword: its meaning, the snippet that writes it, and whether only dtl has it."""

    name: str
    meaning: str
    snippet: str
    is_dtl: bool = False


WORDS = {
    word.name: word
    for word in (
        Word(
            "if",
            "Runs its block if the condition is true; the value is that of the block that ran.",
            "if ${1:condition} {\n  $0\n}",
        ),
        Word("else", "The block that runs when no condition before it was true.", "else {\n  $0\n}"),
        Word("true", "The boolean that is so.", "true"),
        Word("false", "The boolean that is not so.", "false"),
        Word("null", "No value. A missing field reads as `null`.", "null"),
        Word("abort", "Ends the program for this event and drops its changes; a message may follow.", "abort"),
        Word("return", "Ends the program, or the closure or function around it, with a value.", "return ${1:.}"),
        Word(
            "fn",
            "Declares a function, which the program may call anywhere.",
            "fn ${1:name}(${2:value}) {\n  $0\n}",
            True,
        ),
        Word(
            "match",
            "Takes the first arm whose pattern fits the value; the arms must cover every value.",
            "match ${1:value} {\n  ${2:pattern} => ${3:result},\n  _ => ${4:null},\n}",
            True,
        ),
        Word("import", "Brings functions from another file.", 'import { ${2:name} } from "${1:file.dtl}"', True),
        Word(
            "try",
            "Runs its block; if something in it fails, the `catch` block runs with the message.",
            "try {\n  $1\n} catch ${2:err} {\n  $0\n}",
            True,
        ),
        Word(
            "catch",
            "The block that runs when the `try` block failed; the name before it holds the message.",
            "catch ${1:err} {\n  $0\n}",
            True,
        ),
        Word(
            "throw", "Fails with a message, which `catch`, `??` or `, err =` may handle.", 'throw ${1:"message"}', True
        ),
        Word(
            "for",
            "Runs its block for every element of an array, or every key and value of an object.",
            "for ${1:item} in ${2:.items} {\n  $0\n}",
            True,
        ),
        Word("in", "Stands between the names of a `for` loop and what it walks through.", "in ", True),
        Word(
            "while",
            "Runs its block as long as the condition is true; the step limit bounds it.",
            "while ${1:condition} {\n  $0\n}",
            True,
        ),
        Word("break", "Leaves the nearest loop.", "break", True),
        Word("continue", "Goes on with the next turn of the nearest loop.", "continue", True),
        Word("deleted", "As `. = deleted()`, drops the record.", "deleted()", True),
    )
}

#: What operators mean, by symbol.
OPERATORS = {
    "??": "The left value; if it fails, the right one.",
    "||": "The left value; if it is `null` or `false`, the right one.",
    "&&": "True if both are; the right side is only looked at when the left is true.",
    "|": "Two objects in one; the right one's fields win.",
    "==": "True if both values are equal.",
    "!=": "True if the values differ.",
    "<": "True if the left value comes before the right one.",
    "<=": "True if the left value does not come after the right one.",
    ">": "True if the left value comes after the right one.",
    ">=": "True if the left value does not come before the right one.",
    "+": "The sum of numbers; the joining of texts.",
    "-": "The difference of numbers.",
    "*": "The product of numbers; with a text, the text repeated.",
    "/": "The quotient, a float. Fails for a divisor of zero.",
    "%": "The remainder of a division. Fails for a divisor of zero.",
    "!": "The opposite of a boolean.",
    "=": "Stores the value on the right at the place on the left.",
    "|=": "Merges the object on the right into the one on the left.",
}

#: What the patterns of `match` and the signatures of functions call the kinds of value.
TYPES = ("string", "integer", "float", "boolean", "timestamp", "regex", "null", "array", "object", "any")
