"""Images as functions take them: a file's path, an address, or base64 text."""

import base64
import binascii
from pathlib import Path

from dtl.functions import Context, FunctionError

#: Bytes of an image.
_MOST = 20 * 1024 * 1024
_STARTS = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))


def image_of(value: str, context: Context) -> str:
    """Return an image as a `data:` address with its base64 text, or as the web address that it was given as.

    The bytes themselves are what is asked about, so that a file that changes is asked about anew.

    Raises:
        FunctionError: It is none, cannot be read, is too large, or the sandbox keeps it from being read.
    """
    if not value.strip():
        raise FunctionError("the image is empty")
    if value.startswith(("http://", "https://")):
        if context.sandbox:
            raise FunctionError("an image's address is refused in the sandbox")
        return value
    if value.startswith("data:"):
        return _encoded(_decoded(value.partition(",")[2]))
    if len(value) < 4096 and "\0" not in value and "\n" not in value:
        path = Path(value)
        if not context.sandbox and path.is_file():
            if path.stat().st_size > _MOST:
                raise FunctionError(f"the image {value} is larger than {_MOST >> 20} MiB")
            return _encoded(path.read_bytes())
        if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"):
            why = "refused in the sandbox" if context.sandbox else "not there"
            raise FunctionError(f"the image file {value} is {why}")
    return _encoded(_decoded(value))


def _decoded(text: str) -> bytes:
    if len(text) * 3 // 4 > _MOST:
        raise FunctionError(f"the image is larger than {_MOST >> 20} MiB")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as reason:
        raise FunctionError("the image is neither a file, nor an address, nor base64 text") from reason


def _encoded(data: bytes) -> str:
    kind = next((kind for start, kind in _STARTS if data.startswith(start)), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "webp"
    if kind is None:
        raise FunctionError("the data are no image of a known kind (PNG, JPEG, GIF, WebP, BMP)")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
