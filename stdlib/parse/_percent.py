"""Percent-encoding of the parts of a URL."""

from __future__ import annotations

import re
from collections.abc import Callable


def encoder(characters: str) -> Callable[[str], str]:
    """Return the function that encodes these characters, controls and everything outside ASCII."""
    to_encode = re.compile(rf"[^ -~]|[{re.escape(characters)}]")

    def encode(text: str) -> str:
        return to_encode.sub(_encode, text)

    return encode


def _encode(match: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in match[0].encode()])


_FRAGMENT = ' "<>`'
_PATH = _FRAGMENT + "#?{}"

encode_fragment = encoder(_FRAGMENT)
encode_path = encoder(_PATH)
encode_user = encoder(_PATH + "/:;=@[\\]^|")
encode_controls = re.compile(r"[^ -~]")


def encode_opaque(text: str) -> str:
    """Encode what stands for a path or a host of a scheme that knows neither."""
    return encode_controls.sub(_encode, text)
