"""Text and attribute values of XML with their references and line ends replaced."""

from __future__ import annotations

import re

from ._xml_cursor import NAME_CHARACTERS, NAME_START, NO_CHARACTER, Cursor

_NUMBER = re.compile("#(?:x([0-9A-Fa-f]+)|([0-9]+))")
_LINE_ENDS = re.compile("\r\n?")
_ATTRIBUTE_SPACE = re.compile("\r\n|[\r\n\t]")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def attribute_text(cursor: Cursor, text: str, start: int) -> str:
    """Return an attribute's value with its references replaced and its white space as spaces."""
    return _replaced(cursor, text, start, _ATTRIBUTE_SPACE, " ")


def content_text(cursor: Cursor, text: str, start: int) -> str:
    """Return text with its references replaced and its line ends as line feeds."""
    return _replaced(cursor, text, start, _LINE_ENDS, "\n")


def _replaced(cursor: Cursor, text: str, start: int, spaces: re.Pattern[str], space: str) -> str:
    parts = []
    at = 0
    while (mark := text.find("&", at)) >= 0:
        parts.append(spaces.sub(space, text[at:mark]))
        end = text.find(";", mark)
        parts.append(_reference(cursor, text[mark + 1 : end] if end >= 0 else "", start + mark))
        at = end + 1
    parts.append(spaces.sub(space, text[at:]) if "\r" in text or space == " " else text[at:])
    return "".join(parts)


def _reference(cursor: Cursor, body: str, place: int) -> str:
    number = _NUMBER.fullmatch(body)
    if number is not None:
        digits = (number[1] or number[2]).lstrip("0")
        code = int(digits or "0", 16 if number[1] else 10) if len(digits) <= 10 else 2**32
        character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if code < 2**32 and not NO_CHARACTER.match(character):
            return character
    elif (NAME_START.match(body) or body[:1] == ":") and NAME_CHARACTERS.fullmatch(body):
        if body in _ENTITIES:
            return _ENTITIES[body]
        cursor.fail(f"unknown entity reference '{body}' at {{}}", place)
    cursor.fail("malformed entity reference at {}", place)


def normalized_lines(text: str) -> str:
    """Return a text with its line ends as line feeds."""
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text
