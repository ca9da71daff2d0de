"""Who sent a syslog message: the host, the program and its process."""

from __future__ import annotations

import re

from dtl.values.text import WHITE_SPACE
from dtl.values.value import Value

WORD = f"[^{WHITE_SPACE}]++"
_HOST = re.compile(rf" ({WORD})")
_TAG = re.compile(rf" ([^{WHITE_SPACE}:]++)")
_TAG_WITH_PROCESS = re.compile(rf"([^{WHITE_SPACE}:\[]*+)\[([^\]]++)\]")
_NUMBER = re.compile(r"[+-]?[0-9]+")


def put_host_and_tag(fields: dict[str, Value], text: str, at: int) -> int:
    """Put the host, the program and its process among the fields, and return the offset behind them.

    Either may be missing. A lone word is the host unless it has the form `program[process]`.
    """
    match = _HOST.match(text, at)
    if match is None or match[1] == ":":
        return at
    host, at = match[1], match.end()
    if host[-1] == ":":
        host, at, tag = host[:-1], at - 1, None
    else:
        match = _TAG.match(text, at)
        tag = match and match[1]
        at = match.end() if match else at
        if host == "-":
            host = ""
    if tag == "-" or (tag is None and not host):
        return at
    named = _TAG_WITH_PROCESS.fullmatch(host if tag is None else tag)
    if named is not None:
        fields["appname"], fields["procid"] = named[1], read_process(named[2])
    elif tag is not None:
        fields["appname"] = tag
    if host and (tag is not None or named is None):
        fields["hostname"] = host
    return at


def read_process(text: str) -> int | str:
    """Return a process's number if it is one of 32 bits, else its name."""
    if _NUMBER.fullmatch(text) and len(text) < 40 and -(2**31) <= int(text) < 2**31:
        return int(text)
    return text
