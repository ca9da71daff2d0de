"""The places in a line of fields: its delimiters and its quoted texts."""

from __future__ import annotations

import re

from dtl.pattern import total

BLANKS = total(r"[ \t]*+")
_SPACES = total(r" *+")
_QUOTED = {quote: re.compile(rf"{quote}(?:[^\\{quote}]++|\\.)*+{quote}", re.DOTALL) for quote in "\"'"}
_ESCAPE = re.compile(r'\\(["\\n])')
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n"}


class LineText:
    """A line that is read from left to right, with what was found ahead, so that nothing is searched for twice."""

    def __init__(self, text: str, key_value: str, field: str) -> None:
        self.text = text
        self.key_value = key_value
        self.field = field
        # The next delimiter of each kind.
        self.next_mark = self.next_field = -1
        # Where the quotes that were last tried end; a quote between them is escaped, and so ends there as well.
        self.closing: dict[str, int] = {}

    def quoted(self, at: int, followers: tuple[str, ...]) -> tuple[str, int] | None:
        """Return the text in quotes that begins at a place, if the line ends behind it or a follower comes."""
        text = self.text
        quote = text[at : at + 1]
        if quote != '"' and quote != "'":
            return None
        end = self.closing.get(quote, -1)
        if end <= at + 1:
            match = _QUOTED[quote].match(text, at)
            end = self.closing[quote] = match.end() if match else len(text) + 1
        if end > len(text):
            return None
        followed = any(self.separator(end, follower) >= 0 for follower in followers)
        if not followed and BLANKS.match(text, end).end() < len(text):
            return None
        return unescaped(text[at + 1 : end - 1]), end

    def separator(self, at: int, delimiter: str) -> int:
        """Return where a delimiter and the spaces before it end, or -1."""
        spaces = _SPACES.match(self.text, at).end()
        if delimiter == " ":
            return spaces if spaces > at else -1
        return spaces + len(delimiter) if self.text.startswith(delimiter, spaces) else -1

    def find_mark(self, at: int) -> int:
        """Return where the next delimiter of keys and values is, or the line ends."""
        if self.next_mark < at:
            found = self.text.find(self.key_value, at)
            self.next_mark = found if found >= 0 else len(self.text)
        return self.next_mark

    def find_field(self, at: int) -> int:
        """Return where the next delimiter of fields is, or the line ends."""
        if self.next_field < at:
            found = self.text.find(self.field, at)
            self.next_field = found if found >= 0 else len(self.text)
        return self.next_field


def unescaped(text: str) -> str:
    """Return what stands in quotes without its backslashes."""
    return _ESCAPE.sub(lambda escape: _ESCAPES[escape[1]], text) if "\\" in text else text
