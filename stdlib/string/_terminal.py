"""What a terminal would print of a byte stream: text without escape sequences and control characters.

The states are those of a DEC VT500 parser (as in Paul Williams' diagram), over UTF-8 in the ground state.
"""

from __future__ import annotations

import codecs
import re

_ESCAPE = 0x1B
_BELL = 0x07
_STRING_END = 0x9C
_CANCEL = (0x18, 0x1A)
_LINE_FEED = 0x0A

# C0 and C1 control characters, all but the line feed.
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x80-\x9f]")


def _undecodable(problem: UnicodeError) -> tuple[str, int]:
    """Show a bad sequence as U+FFFD, unless it is a single byte that is a C1 control character."""
    assert isinstance(problem, UnicodeDecodeError)
    start, end = problem.start, problem.end
    return ("" if end - start == 1 and problem.object[start] <= 0x9F else "\ufffd"), end


codecs.register_error("dtl-terminal", _undecodable)


def printed(data: bytes) -> str:
    """Return the text that is printed, line feeds included."""
    pieces: list[str] = []
    at, end = 0, len(data)
    while at < end:
        stop = data.find(_ESCAPE, at)
        if stop < 0:
            pieces.append(_CONTROLS.sub("", data[at : _complete(data)].decode("utf-8", "dtl-terminal")))
            break
        pieces.append(_CONTROLS.sub("", data[at:stop].decode("utf-8", "dtl-terminal")))
        at = _skip_sequence(data, stop + 1, pieces)
    return "".join(pieces)


def _complete(data: bytes) -> int:
    """Return where the data ends without a character that lacks its last bytes."""
    for length in range(1, min(3, len(data)) + 1):
        byte = data[-length]
        if byte >= 0xC0:
            try:
                data[-length:].decode("utf-8")
            except UnicodeDecodeError as problem:
                return len(data) - length if problem.reason == "unexpected end of data" else len(data)
            return len(data)
        if byte < 0x80:
            break
    return len(data)


def _skip_sequence(data: bytes, at: int, pieces: list[str]) -> int:
    """Return where the ground state begins again after an escape character."""
    state = "escape"
    while at < len(data):
        byte = data[at]
        at += 1
        if byte in _CANCEL:
            return at
        if byte == _ESCAPE:
            state = "escape"
        elif state == "osc":
            if byte == _BELL:
                return at
        elif state == "string":
            pass
        elif state == "dcs":
            if byte == _STRING_END:
                return at
        elif byte < 0x20:
            if byte == _LINE_FEED and not state.startswith("dcs"):
                pieces.append("\n")
        elif byte < 0x7F:
            following = _next_state(state, byte)
            if following is None:
                return at
            state = following
    return at


# What a byte after the escape character opens.
_OPENINGS = {0x5B: "csi", 0x5D: "osc", 0x50: "dcs entry", 0x58: "string", 0x5E: "string", 0x5F: "string"}


def _next_state(state: str, byte: int) -> str | None:
    """Return the state after a printable byte, or None for the ground state."""
    if state == "escape" and byte in _OPENINGS:
        return _OPENINGS[byte]
    if state in ("escape", "escape intermediate"):
        return "escape intermediate" if byte < 0x30 else None
    if byte >= 0x40:  # the final byte of a control sequence, or of a device control string's head
        return None if state.startswith("csi") else "dcs"
    # Parameters and intermediate bytes do not change what is printed.
    return state
