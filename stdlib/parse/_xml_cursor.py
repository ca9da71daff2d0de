"""A place in an XML text: names, references and quoted values, and the errors they may have."""

from __future__ import annotations

import re
from typing import NoReturn

from dtl.pattern import total
from dtl.values.debug import debug_text

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = f"{_START}.0-9\\-\u00b7\u0300-\u036f\u203f\u2040"
NAME_START = re.compile(f"[{_START}]")
NAME_CHARACTERS = total(f"[{_NAME}:]*+")
_SPACES = total("[ \t\r\n]*+")
NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VALUE_ENDS = {quote: re.compile(f"[{quote}<]") for quote in "'\""}


class InvalidXml(ValueError):
    """A text is not XML; `str()` gives the reason and the place."""


class Cursor:
    """A place in a text, moved on by what is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def fail(self, reason: str, at: int | None = None) -> NoReturn:
        """Raise an error; `{}` in the reason stands for the place, a line and a column in characters from 1."""
        place = self.at if at is None else at
        begin = self.text.rfind("\n", 0, place) + 1
        line = self.text.count("\n", 0, place) + 1
        raise InvalidXml(reason.replace("{}", f"{line}:{place - begin + 1}"))

    def peek(self, text: str) -> bool:
        """Tell whether a text comes next."""
        return self.text.startswith(text, self.at)

    def at_end(self) -> bool:
        """Tell whether nothing is left."""
        return self.at >= len(self.text)

    def spaces(self) -> bool:
        """Skip white space, and tell whether there was any."""
        start = self.at
        self.at = _SPACES.match(self.text, start).end()
        return self.at > start

    def character(self) -> str:
        """Return the next character without reading it."""
        if self.at_end():
            raise InvalidXml("unexpected end of stream")
        return self.text[self.at]

    def expect(self, character: str) -> None:
        """Read a character that must come next."""
        found = self.character()
        if found != character:
            self.fail(f"expected '{character}' not '{found}' at {{}}")
        self.at += 1

    def until(self, end: str) -> str:
        """Read up to a text that must come, and that text."""
        found = self.text.find(end, self.at)
        stop = found if found >= 0 else len(self.text)
        self.check(self.at, stop)
        content = self.text[self.at : stop]
        self.at = stop
        if found < 0:
            self.fail(f"expected '{end}' at {{}}")
        self.at += len(end)
        return content

    def check(self, start: int, end: int) -> None:
        """Check that a part of the text has only characters of XML."""
        wrong = NO_CHARACTER.search(self.text, start, end)
        if wrong is not None:
            shown = debug_text(wrong[0])[1:-1]
            self.fail(f"a non-XML character '{shown}' found at {{}}", wrong.start())

    def name(self) -> str:
        """Read a name that may have colons anywhere but must begin as names do."""
        start = self.at
        self.at = NAME_CHARACTERS.match(self.text, start).end()
        if not NAME_START.match(self.text, start) and not self.text.startswith(":", start):
            self.fail("invalid name token at {}", start)
        return self.text[start : self.at]

    def qualified_name(self) -> tuple[str, str]:
        """Read a name, and return its prefix and its local part."""
        start = self.at
        self.at = NAME_CHARACTERS.match(self.text, start).end()
        prefix, colon, local = self.text[start : self.at].rpartition(":")
        if ":" in prefix or not NAME_START.match(local) or (prefix and not NAME_START.match(prefix)):
            self.fail("invalid name token at {}", start)
        return (prefix, local) if colon else ("", local)

    def value(self) -> tuple[str, int]:
        """Read `=` and a quoted value, and return what stands in the quotes and where it begins."""
        self.spaces()
        self.expect("=")
        self.spaces()
        quote = self.character()
        if quote not in "'\"":
            self.fail(f"expected a quote not '{quote}' at {{}}")
        self.at += 1
        start = self.at
        end = _VALUE_ENDS[quote].search(self.text, start)
        self.at = end.start() if end else len(self.text)
        self.check(start, self.at)
        stop = self.at
        self.expect(quote)
        return self.text[start:stop], start
