"""The `encode_percent` function."""

from typing import Literal

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import replaced

_CONTROLS = "".join(map(chr, range(0x20))) + "\x7f"
_QUERY = _CONTROLS + ' "#<>'
_PATH = _QUERY + "?`{}"
_USERINFO = _PATH + "/:;=@[\\]^|"
_COMPONENT = _USERINFO + "$%&+,"

# The ASCII characters that each set escapes, as the URL Standard names them.
_SETS = {
    "NON_ALPHANUMERIC": "".join(chr(code) for code in range(0x80) if not chr(code).isalnum()),
    "CONTROLS": _CONTROLS,
    "FRAGMENT": _CONTROLS + ' "<>`',
    "QUERY": _QUERY,
    "SPECIAL": _QUERY + "'",
    "PATH": _PATH,
    "USERINFO": _USERINFO,
    "COMPONENT": _COMPONENT,
    "WWW_FORM_URLENCODED": _COMPONENT + "!'()~",
}


class _Escapes(dict[int, str]):
    """What stands for each code point, for `str.translate`."""

    def __init__(self, escaped: str) -> None:
        super().__init__({code: chr(code) for code in range(0x80)})
        self.update({ord(character): f"%{ord(character):02X}" for character in escaped})

    def __missing__(self, code: int) -> str:
        return "".join(f"%{byte:02X}" for byte in chr(code).encode("utf-8"))


_ESCAPES = {name: _Escapes(escaped) for name, escaped in _SETS.items()}


@function
def encode_percent(
    value: String,
    ascii_set: Literal[
        "NON_ALPHANUMERIC",
        "CONTROLS",
        "FRAGMENT",
        "QUERY",
        "SPECIAL",
        "PATH",
        "USERINFO",
        "COMPONENT",
        "WWW_FORM_URLENCODED",
    ] = "NON_ALPHANUMERIC",
) -> String:
    """Write a text so that it can be part of a URL.

    Characters of a set, and all that are not ASCII, become `%` escapes of their UTF-8 bytes.

    Args:
        value: The text.
        ascii_set: Which ASCII characters are escaped: all but letters and digits, control characters only, or those
            that mean something in a part of a URL.

    Examples:
        Everything but letters and digits:
            >>> encode_percent("a b/c")
            "a%20b%2Fc"

        For a query:
            >>> encode_percent("a b/c", ascii_set: "QUERY")
            "a%20b/c"

        Outside ASCII:
            >>> encode_percent("é", ascii_set: "CONTROLS")
            "%C3%A9"
    """
    return replaced(value).translate(_ESCAPES[ascii_set])
