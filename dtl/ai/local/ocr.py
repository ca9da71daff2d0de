"""Text in images, by RapidOCR's packaged models."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from dtl.ai.local.packages import load
from dtl.ai.local.pictures import bytes_of
from dtl.values.errors import FunctionError

_LOCK = Lock()


@cache
def _engine() -> Any:
    return load("rapidocr_onnxruntime", "rapidocr-onnxruntime", "ocr").RapidOCR()


def read(image: str) -> str:
    """Return the text in an image, its lines from top to bottom.

    Raises:
        FunctionError: The package is missing, or the image cannot be read.
    """
    data = bytes_of(image)
    try:
        with _LOCK:  # the engine keeps buffers of its own
            found, _ = _engine()(data)
    except FunctionError:
        raise
    except Exception as reason:  # the decoder has no common class of errors
        raise FunctionError(f"the image cannot be read: {type(reason).__name__}") from reason
    return "\n".join(str(line[1]) for line in found or [])
