"""Values as JSON that loses nothing: what the conformance corpus and the recorded oracle answers are written in."""

from __future__ import annotations

import base64
import json
import math
from typing import Any

from dtl.values.regex import Regex
from dtl.values.text import to_bytes
from dtl.values.timestamp import Timestamp


def encode(value: Any) -> Any:
    """Return a value as plain JSON data; `$timestamp`, `$regex`, `$bytes`, `$float` mark what JSON lacks."""
    if isinstance(value, str):
        raw = to_bytes(value)
        try:
            raw.decode()
        except UnicodeDecodeError:
            return {"$bytes": base64.b64encode(raw).decode()}
        return value
    if isinstance(value, float) and math.isinf(value):
        return {"$float": "inf" if value > 0 else "-inf"}
    if isinstance(value, Timestamp):
        return {"$timestamp": value.to_rfc3339()}
    if isinstance(value, Regex):
        return {"$regex": value.pattern}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        plain = {key: encode(item) for key, item in value.items()}
        marked = len(plain) == 1 and next(iter(plain)).startswith("$")
        return {"$object": plain} if marked else plain
    return value


def dumps(answer: dict[str, Any]) -> str:
    """Return an answer as one line of JSON."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
