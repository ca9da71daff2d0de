"""A TOML text as a tree with places; of a broken file, what stands before the break.

The standard library reads TOML without places. This reader finds texts and tables; other values it takes as they are
written and does not judge.
"""

from __future__ import annotations

import re

from dtl.embedded.program import Piece
from dtl.embedded.quoting import Quoting
from dtl.embedded.tree import Broken, Items, Table, Text, Tree
from dtl.source import Span

_SPACE = re.compile(r"[ \t]*")
_ROOM = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[A-Za-z0-9_.+:-]+(?: [0-9][0-9:.+Zz-]*)?")
_LINE_END = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_ESCAPE = re.compile(r"\\(?:[btnfre\"\\]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_SWALLOW = re.compile(r"\\[ \t]*\r?\n[ \t\r\n]*")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_IN_LINES = {'"""': re.compile(r'\\|\r\n|"""'), "'''": re.compile(r"\r\n|'''")}
_IN_LINE = {'"': re.compile(r'[\\"\n]'), "'": re.compile(r"['\n]")}
_STYLES = {'"': "double", "'": "literal", '"""': "double-lines", "'''": "literal-lines"}
#: Arrays and inline tables nested deeper than this are given up: reading them recurses.
_MAX_DEPTH = 100


class _Break(Exception):
    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        self.message = message


def read_toml(text: str) -> tuple[list[Tree], Broken | None]:
    """Return a TOML text's tree, as the only document, and why reading ended early, if it did."""
    reader = _Reader(text)
    try:
        reader.run()
    except _Break as reason:
        return [reader.root], Broken(min(reason.offset, len(text)), reason.message)
    return [reader.root], None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.root = Table()
        self.depth = 0

    def run(self) -> None:
        """Read everything.

        Raises:
            _Break: The text is not TOML from there on.
        """
        table = self.root
        while True:
            self.skip(_ROOM)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            end = _LINE_END.match(self.text, self.at)
            if end is None:
                raise _Break(self.at, "the end of the line was expected")
            self.at = end.end()

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go over what a pattern that matches everywhere takes."""
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()

    def take(self, mark: str) -> None:
        """Go over a mark that must be here."""
        if not self.text.startswith(mark, self.at):
            raise _Break(self.at, f"`{mark}` was expected")
        self.at += len(mark)

    def header(self) -> Table:
        """Read `[a.b]` or `[[a.b]]` and return the table that the next lines fill."""
        start = self.at
        many = self.text.startswith("[[", self.at)
        self.take("[[" if many else "[")
        keys = self.key()
        self.take("]]" if many else "]")
        if not many:
            return self.descend(self.root, keys, start)
        parent = self.descend(self.root, keys[:-1], start)
        items = parent.get(keys[-1].value)
        if items is None:
            items = Items(start=start)
            parent.pairs.append((keys[-1], items))
        if not isinstance(items, Items):
            raise _Break(start, f'"{keys[-1].value}" is no array of tables')
        table = Table(start=start)
        items.items.append(table)
        return table

    def descend(self, table: Table, keys: list[Text], start: int) -> Table:
        """Return the table at some keys, made where it is missing; of an array of tables, its last."""
        for key in keys:
            found = table.get(key.value)
            if found is None:
                found = Table(start=start)
                table.pairs.append((key, found))
            if isinstance(found, Items) and found.items:
                found = found.items[-1]
            if not isinstance(found, Table):
                raise _Break(key.span.start, f'"{key.value}" is no table')
            table = found
        return table

    def key(self) -> list[Text]:
        """Read a dotted key, with the white space around it."""
        keys = []
        while True:
            self.skip(_SPACE)
            bare = _BARE_KEY.match(self.text, self.at)
            if bare is not None:
                keys.append(Text(bare.group(), Span(bare.start(), bare.end())))
                self.at = bare.end()
            elif self.text.startswith(('"', "'"), self.at):
                keys.append(self.string(self.text[self.at]))
            else:
                raise _Break(self.at, "a key was expected")
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def pair(self, table: Table) -> None:
        """Read `key = value` into a table."""
        start = self.at
        keys = self.key()
        self.take("=")
        self.skip(_SPACE)
        parent = self.descend(table, keys[:-1], start)
        parent.pairs.append((keys[-1], self.value()))

    def value(self) -> Tree:
        """Read a value."""
        for quote in ('"""', "'''", '"', "'"):
            if self.text.startswith(quote, self.at):
                return self.string(quote) if len(quote) == 1 else self.lines(quote)
        mark = self.text[self.at : self.at + 1]
        if mark in ("[", "{") and mark:
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise _Break(self.at, "nested too deeply")
            found = self.array() if mark == "[" else self.inline()
            self.depth -= 1
            return found
        bare = _BARE_VALUE.match(self.text, self.at)
        if bare is None:
            raise _Break(self.at, "a value was expected")
        self.at = bare.end()
        return Text(bare.group(), Span(bare.start(), bare.end()), is_quoted=False)

    def array(self) -> Items:
        """Read `[a, b]`."""
        items = Items(start=self.at)
        self.take("[")
        self.skip(_ROOM)
        while not self.text.startswith("]", self.at):
            items.items.append(self.value())
            self.skip(_ROOM)
            if not self.text.startswith("]", self.at):
                self.take(",")
                self.skip(_ROOM)
        self.take("]")
        return items

    def inline(self) -> Table:
        """Read `{a = 1}`; newlines in it are let pass, as newer TOML does."""
        table = Table(start=self.at)
        self.take("{")
        self.skip(_ROOM)
        while not self.text.startswith("}", self.at):
            self.pair(table)
            self.skip(_ROOM)
            if not self.text.startswith("}", self.at):
                self.take(",")
                self.skip(_ROOM)
        self.take("}")
        return table

    # --- texts ------------------------------------------------------------------------------------

    def string(self, quote: str) -> Text:
        """Read a text of one line."""
        made = _Made(self.at + 1)
        special = _IN_LINE[quote]
        at = self.at + 1
        while True:
            found = special.search(self.text, at)
            if found is None or found.group() == "\n":
                raise _Break(self.at, "a text without end")
            made.add(self.text[at : found.start()], at)
            if found.group() == quote:
                self.at = found.end()
                return made.text(found.start(), quote)
            at = self.escape(found.start(), made)

    def lines(self, quote: str) -> Text:
        """Read a text of several lines."""
        at = self.at + 3
        for newline in ("\r\n", "\n"):
            if self.text.startswith(newline, at):
                at += len(newline)
                break
        made = _Made(at)
        special = _IN_LINES[quote]
        while True:
            found = special.search(self.text, at)
            if found is None:
                raise _Break(self.at, "a text without end")
            made.add(self.text[at : found.start()], at)
            at = found.start()
            if found.group() == quote:
                # Up to two quotes may stand right before the three that end the text.
                more = 0
                while more < 2 and self.text.startswith(quote, at + 1):
                    made.add(quote[0], at)
                    at += 1
                    more += 1
                self.at = at + 3
                return made.text(at, quote)
            if found.group() == "\r\n":
                made.add("\n", at, 2)
                at += 2
            elif (swallowed := _SWALLOW.match(self.text, at)) is not None:
                at = swallowed.end()
            else:
                at = self.escape(at, made)

    def escape(self, at: int, made: _Made) -> int:
        """Read an escape sequence and return where it ends."""
        found = _ESCAPE.match(self.text, at)
        if found is None:
            raise _Break(at, "no such escape sequence")
        mark = found.group()[1:]
        code = int(mark[1:], 16) if mark[0] in "xuU" else 0
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise _Break(at, "no such character")
        made.add(chr(code) if mark[0] in "xuU" else _SHORT[mark], at, len(mark) + 1)
        return found.end()


class _Made:
    """A text in the making, with its map."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.size = 0

    def add(self, part: str, at: int, width: int | None = None) -> None:
        """Add what stands at a place, there as wide as here unless said otherwise."""
        if part:
            self.pieces.append(Piece(self.size, at, len(part), len(part) if width is None else width))
            self.parts.append(part)
            self.size += len(part)

    def text(self, end: int, quote: str) -> Text:
        """Return the text, which ends here."""
        return Text("".join(self.parts), Span(self.start, end), tuple(self.pieces), Quoting(_STYLES[quote]))
