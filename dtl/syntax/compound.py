"""Advice on `.a += 1`, which is no assignment: how to write it out."""

from __future__ import annotations

from dtl.diagnostics.diagnostic import Edit, Fix
from dtl.pattern import pattern
from dtl.source import Span
from dtl.syntax.tokens import KIND, Token

_EQUALS = KIND["EQUALS"]
_OPERATORS = {KIND["PLUS"]: "+", KIND["MINUS"]: "-", KIND["NEGATE"]: "-", KIND["STAR"]: "*", KIND["SLASH"]: "/"}
_OPERATORS |= {KIND["COALESCE"]: "??", KIND["AND"]: "&&", KIND["OR"]: "||"}
_TARGET = pattern(r"""[.%]?[A-Za-z_@][\w@.]*(?:\[-?\d+\][\w@.]*)*""")
# Values that need no parentheses, whatever operator stands before them.
_SIMPLE = pattern(r"""[.%\w@]+|"[^"\n]*"|'[^'\n]*'""")
_REST = pattern(r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^\n;}#"'])*""")


def advice(text: str, tokens: list[Token], at: int) -> tuple[tuple[str, ...], tuple[Fix, ...]]:
    """Return the note and the fix for an `=` that follows an operator without a space; nothing for other tokens."""
    operator = _OPERATORS.get(tokens[at - 1][0]) if at > 1 and tokens[at][0] == _EQUALS else None
    start, end = tokens[at - 1][1], tokens[at][2]
    if operator is None or tokens[at - 1][2] != tokens[at][1]:
        return (), ()
    line = max(text.rfind(mark, 0, start) for mark in "\n;{") + 1
    target = text[line:start].strip()
    if _TARGET.fullmatch(target) is None:
        return (f"`{operator}=` is no operator here; write `x = x {operator} y`",), ()
    rest = _REST.match(text, end)
    value = rest.group().strip() if rest is not None else ""
    if any(value.count(opening) != value.count(closing) for opening, closing in ("()", "[]", "{}")):
        value = ""  # it goes on beyond the line
    written = value if _SIMPLE.fullmatch(value) else f"({value})"
    note = f"`{operator}=` is no operator here; write `{target} = {target} {operator} {written if value else '...'}`"
    if not value:
        return (note,), ()
    place = Span(start, text.index(value, end) + len(value))
    return (note,), (Fix("write it out", (Edit(place, f"= {target} {operator} {written}"),)),)
