"""ArcSight's Common Event Format: seven header fields between bars, then `key=value` pairs."""

from __future__ import annotations

import re

from dtl.functions import FunctionError
from dtl.values.text import WHITE_SPACE

from ._trace import Step, show_trace

HEADERS = ("cefVersion", "deviceVendor", "deviceProduct", "deviceVersion", "deviceEventClassId", "name", "severity")

# A key begins behind spaces or bars. A run of them is tried from its beginning only, as all else would fail alike.
_KEY = re.compile(r"[ |]++([^ =\\]++)=")
_NEXT_KEY = r"(?<![ |])[ |]++[^ =\\]++="
_VALUE_END = {
    True: re.compile(rf"[\\=]|{_NEXT_KEY}"),
    False: re.compile(rf"\\|{_NEXT_KEY}"),
}
_ESCAPES = {"=": "=", "\\": "\\", "n": "\n", "r": "\n"}


class _Stuck(Exception):
    """A value cannot be read."""


def read_cef(text: str, strict: bool) -> list[tuple[str, str]]:
    """Return the fields of an event, those of the extension first.

    Args:
        text: The event; anything may stand before it.
        strict: Whether an equals sign in a value must be escaped, and nothing may be left over.

    Raises:
        FunctionError: The text is not such an event.
    """
    values, at = _read_header(text)
    extension: list[tuple[str, str]] = []
    while found := _KEY.match(text, at):
        try:
            value, at = _read_value(text, found.end(), strict)
        except _Stuck:
            break
        extension.append((found[1], value))
    if extension:
        key, value = extension[-1]
        extension[-1] = key, value.rstrip(" ")
    elif text.startswith("|", at):
        at += 1
    else:
        raise FunctionError(show_trace(text, [Step(at, "Tag"), Step(at, "Alt")]))
    if strict and text[at:].strip(WHITE_SPACE):
        raise FunctionError("Could not parse whole line successfully")
    return [(key, _unquoted(value)) for key, value in [*extension, *zip(HEADERS, values, strict=True)]]


def _read_header(text: str) -> tuple[list[str], int]:
    start = text.find("CEF:")
    if start < 0:
        raise FunctionError(show_trace(text, [Step(0, "TakeUntil")]))
    start = at = start + len("CEF:")
    values = []
    for _ in HEADERS:
        at += text.startswith("|", at)
        value, at = _read_header_value(text, at, start)
        values.append(value.strip(WHITE_SPACE))
    return values, at


def _read_header_value(text: str, begin: int, header: int) -> tuple[str, int]:
    parts = []
    at = begin
    while at < len(text) and text[at] != "|":
        if text[at] != "\\":
            end = at
            while end < len(text) and text[end] not in "\\|":
                end += 1
            parts.append(text[at:end])
            at = end
            continue
        if text[at + 1 : at + 2] not in ("\\", "|"):
            failed = Step(at + 1, "Satisfy") if at + 1 < len(text) else Step(at, "EscapedTransform")
            raise FunctionError(show_trace(text, [failed, Step(begin, "Alt"), Step(header, "Count")]))
        parts.append(text[at + 1])
        at += 2
    return "".join(parts), at


def _read_value(text: str, begin: int, strict: bool) -> tuple[str, int]:
    if _KEY.match(text, begin):
        return "", begin
    parts = []
    at = begin
    while at < len(text):
        found = _VALUE_END[strict].search(text, at)
        end = found.start() if found else len(text)
        if end > at:
            parts.append(text[at:end])
            at = end
        elif text[at] == "\\":
            if at + 1 == len(text):
                raise _Stuck
            escaped = _ESCAPES.get(text[at + 1])
            parts.append(escaped or "\\")
            at += 2 if escaped else 1
        elif at == begin:
            raise _Stuck
        else:
            break
    return "".join(parts), at


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] == '"' else value
