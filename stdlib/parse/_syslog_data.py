"""Structured data of syslog messages: `[id name="value" ...]`."""

from __future__ import annotations

import re

from dtl.values.text import WHITE_SPACE

_ID = re.compile(rf"\[([^{WHITE_SPACE}\]=]++)[ \t]*+")
_PARAMETER = re.compile(r'([^\]=]++)=[ \t]*+"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
# The usual element, and the parameters of one.
_PLAIN = re.compile(rf"""\[([^{WHITE_SPACE}\]=]++)((?: [^\] ="]++="[^"\\]*+")*+)\]""")
_PLAIN_PARAMETERS = re.compile(r' ([^=]++)="([^"]*+)"').findall
_ESCAPE = re.compile(r'\\(["\\\]n])')

Elements = list[tuple[str, dict[str, str]]]


def read_structured_data(text: str, at: int) -> tuple[Elements, int] | None:
    """Read structured data as RFC 5424 has it, or the `-` that stands for none.

    What stands in brackets but is no element is passed over.

    Returns:
        The elements and the offset behind them, or None if there are none.
    """
    if text.startswith("-", at):
        return [], at + 1
    start, elements = at, []
    while text.startswith("[", at):
        found = _element(text, at)
        if found is not None:
            name, fields, at = found
            elements.append((name, fields))
            continue
        end = text.find("]", at)
        if end < 0:
            break
        at = end + 1
    return (elements, at) if at > start else None


def read_optional_data(text: str, at: int) -> tuple[Elements, int]:
    """Read the structured data that an RFC 3164 message may have before its text.

    An element must have a parameter, for much else is put in brackets there.
    """
    if text.startswith("-", at):
        return [], at + 1
    elements = []
    while text.startswith("[", at):
        found = _element(text, at)
        if found is None or not found[1]:
            break
        elements.append(found[:2])
        at = found[2]
    return elements, at


def _element(text: str, at: int) -> tuple[str, dict[str, str], int] | None:
    """Return an element's id, its parameters and the offset behind it, or None if none begins at an offset."""
    plain = _PLAIN.match(text, at)
    if plain is not None:
        return plain[1], dict(_PLAIN_PARAMETERS(plain[2])), plain.end()
    opening = _ID.match(text, at)
    if opening is None:
        return None
    at = opening.end()
    fields: dict[str, str] = {}
    while True:
        parameter = _PARAMETER.match(text, at + 1 if fields else at) if not fields or text.startswith(" ", at) else None
        if parameter is None:
            break
        name, value = parameter.groups()
        fields[name] = _ESCAPE.sub(_unescape, value) if "\\" in value else value
        at = parameter.end()
    return (opening[1], fields, at + 1) if text.startswith("]", at) else None


def _unescape(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]
