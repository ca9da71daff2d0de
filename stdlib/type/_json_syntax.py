"""The form of JSON, without regard to what the document says."""

import re

import orjson

# A string; its bytes need not be UTF-8, and its escapes need not pair up.
_STRING = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
_NUMBER = rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+"
_SPACE = rb"[ \t\r\n]*+"
# A value up to the place where a container opens or the value ends.
_VALUE = re.compile(_SPACE + rb"(?:(?P<open>[\[{])|(?:" + _STRING + rb"|" + _NUMBER + rb"|true|false|null))" + _SPACE)
_KEY = re.compile(_SPACE + _STRING + _SPACE + rb":")
_CLOSE = {ord("["): re.compile(_SPACE + rb"\]" + _SPACE), ord("{"): re.compile(_SPACE + rb"\}" + _SPACE)}
_COMMA = ord(",")


def is_valid(data: bytes) -> bool:
    """Tell whether bytes are one JSON document, of any depth."""
    try:
        orjson.loads(data)
    except ValueError:
        # It refuses what has no value but the right form: lone surrogates, bytes that are not UTF-8, great depth.
        return _has_form(data)
    return True


def _has_form(data: bytes) -> bool:
    at, open_containers = 0, bytearray()
    while True:
        # A value stands here; in an object, its key first.
        if open_containers and open_containers[-1] == ord("{"):
            key = _KEY.match(data, at)
            if key is None:
                return False
            at = key.end()
        value = _VALUE.match(data, at)
        if value is None:
            return False
        at = value.end()
        if value["open"]:
            kind = value["open"][0]
            closed = _CLOSE[kind].match(data, at)
            if closed is None:
                open_containers.append(kind)
                continue
            at = closed.end()
        # A value has ended: close what closes here, up to a comma or the end of the document.
        while open_containers:
            if at < len(data) and data[at] == _COMMA:
                at += 1
                break
            closed = _CLOSE[open_containers[-1]].match(data, at)
            if closed is None:
                return False
            open_containers.pop()
            at = closed.end()
        else:
            return at == len(data)
