"""The bytes of an image as requests carry it: a `data:` address, or a web address."""

from __future__ import annotations

import base64
from importlib import import_module
from typing import Any

from dtl.values.errors import FunctionError

_MOST = 20 << 20
_SECONDS = 20.0


def bytes_of(image: str) -> bytes:
    """Return an image's bytes; a web address is fetched, without following it elsewhere.

    Raises:
        FunctionError: It cannot be had, or is too large.
    """
    if image.startswith("data:"):
        return base64.b64decode(image.partition(",")[2])
    httpx: Any = import_module("httpx")
    try:
        with httpx.stream("GET", image, timeout=_SECONDS) as response:
            if response.status_code != 200:
                raise FunctionError(f"the image's address answers with status {response.status_code}")
            data = bytearray()
            for piece in response.iter_bytes():
                data += piece
                if len(data) > _MOST:
                    raise FunctionError(f"the image is larger than {_MOST >> 20} MiB")
            return bytes(data)
    except httpx.HTTPError as reason:
        raise FunctionError(f"the image cannot be fetched: {type(reason).__name__}") from reason
