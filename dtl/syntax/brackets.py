"""Which bracket closes which, found before lexing, since a path may begin at an opening one."""

from __future__ import annotations

import re

from dtl.data import data, fresh
from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.pattern import pattern
from dtl.source import Span

_QUOTED = r"""(?<![A-Za-z0-9_@])[srt]'(?:[^'\\]++|\\.)*+'"""
_SCAN = {
    "vrl": re.compile(rf"""[\[\](){{}}] | \#[^\n]*+ | "(?:[^"\\]++|\\.)*+" | {_QUOTED} """, re.VERBOSE | re.DOTALL),
    "dtl": re.compile(
        rf"""[\[\](){{}}] | \#[^\n]*+ | "(?:[^"\\]++|\\.)*+" | {_QUOTED} | '(?:[^'\\]++|\\.)*+' """,
        re.VERBOSE | re.DOTALL,
    ),
}
_STRAY = pattern(r"""\#[^\n]*+\n? | "(?:[^"\\]++|\\.)*+" | (") """, re.VERBOSE | re.DOTALL)
_OPENING = {"]": "[", ")": "(", "}": "{"}


@data
class Brackets:
    """Offsets of opening brackets and of what closes them; brackets of another kind in between do not matter."""

    closing: dict[int, int] = fresh(factory=dict)
    error: Diagnostic | None = None


def match_brackets(text: str, start: int, end: int, dialect: str) -> Brackets:
    """Pair the brackets of a text, leaving out literals and comments."""
    result = Brackets()
    stacks: dict[str, list[int]] = {"[": [], "(": [], "{": []}
    closing = result.closing
    found: re.Match[str] | None = None
    for found in _SCAN[dialect].finditer(text, start, end):
        at = found.start()
        mark = text[at]
        if mark in stacks:
            stacks[mark].append(at)
        elif mark in _OPENING:
            stack = stacks[_OPENING[mark]]
            if stack:
                closing[stack.pop()] = at
        elif mark == "#" and dialect == "vrl" and result.error is None and any(stacks.values()):
            result.error = _quote_after_comment(text, found.end(), end)
    if dialect == "vrl" and found is not None and found.end() == end and found.end() > found.start() + 1:
        # VRL's look-ahead runs off the end of the text in a literal or comment.
        opened = (at for stack in stacks.values() for at in stack if at + 1 != found.start())
        if any(text[at] != "(" or (at and (text[at - 1].isalnum() or text[at - 1] in "_@!")) for at in opened):
            result.error = result.error or Diagnostic(
                210, "unexpected parse error", (Label(Span(0, 0), "unexpected parse error"),)
            )
    return result


def _quote_after_comment(text: str, at: int, end: int) -> Diagnostic | None:
    """Report a literal in column 0 after a comment in brackets, as VRL misreads it.

    VRL looks ahead through brackets for a path and then skips the character after a comment's line; if that was a
    quote, the closing quote opens a string there. Programs that survive this by chance are read properly.
    """
    if text[at : at + 2] != '\n"' or at + 2 > end:
        return None
    for found in _STRAY.finditer(text, at + 2, end):
        if found.group(1):
            message = "invalid string literal"
            return Diagnostic(207, message, (Label(Span(found.start(), found.start() + 1), message),))
    return None
