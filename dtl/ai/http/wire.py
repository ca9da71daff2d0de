"""What the services have in common on the wire: bodies, refusals, answers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import orjson

from dtl.ai.http.waits import retry_after
from dtl.ai.provider import Ask, Reason, Refusal

#: Letters of a service's own words that are passed on.
_TOLD = 300
_KEY = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][\w.*-]{6,}|\b[A-Za-z0-9_-]{32,}\b")


def body_of(data: Any) -> bytes:
    """Return JSON for the wire; bytes that were no UTF-8 become replacement characters, which a model reads anyway."""
    try:
        return orjson.dumps(data)
    except TypeError:
        return orjson.dumps(_mended(data))


def _mended(data: Any) -> Any:
    if isinstance(data, str):
        return data.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if isinstance(data, list | tuple):
        return [_mended(each) for each in data]
    return {str(name): _mended(each) for name, each in data.items()} if isinstance(data, Mapping) else data


def json_of(body: bytes) -> Any:
    """Return a body's JSON value; None when it is none."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def lane_key(name: str, *parts: str) -> str:
    """Return the name of a budget: the same for the same address and key, without showing them."""
    digest = blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()
    return f"{name} {digest}"


# --- refusals ---------------------------------------------------------------------------------------

_BY_STATUS: dict[int, Reason] = {
    401: "auth", 402: "quota", 403: "auth", 404: "model", 408: "timeout", 409: "server", 429: "rate_limit",
    498: "invalid", 499: "server", 529: "overloaded",
}  # fmt: skip


def refusal(status: int, headers: Mapping[str, str], message: str, kind: Reason | None = None) -> Refusal:
    """Return why a call with such a status was refused.

    Args:
        status: Not that of a success.
        headers: Names in lower case.
        message: The service's words.
        kind: What the service's own error code says, where that is more than the status does.
    """
    if kind is None:
        # A redirection leads elsewhere: the address is wrong, and no key is sent on.
        other: Reason = "server" if status >= 500 else "invalid" if status >= 400 else "model"
        kind = _BY_STATUS.get(status, other)
    if headers.get("x-should-retry") == "false" and kind in ("server", "timeout", "overloaded"):
        kind = "invalid"
    return Refusal(kind, f"{status}: {told(message)}" if message else f"status {status}", retry_after(headers))


def told(message: str) -> str:
    """Return a service's words in one line, shortened, without what looks like a key."""
    return _KEY.sub("***", " ".join(message.split()))[:_TOLD]


def message_of(data: Any, body: bytes) -> str:
    """Return the words of an error body in any of the services' forms."""
    if isinstance(data, Mapping):
        status = data.get("status")
        error = data.get("error", status if isinstance(status, Mapping) else data)
        if isinstance(error, list) and error:
            error = error[0]
        if isinstance(error, Mapping) and isinstance(error.get("error"), str):
            error = error["error"]
        if isinstance(error, str):
            return error
        if isinstance(error, Mapping):
            for name in ("message", "detail", "msg"):
                if isinstance(error.get(name), str):
                    return str(error[name])
    text = body[:_TOLD].decode("utf-8", "replace")
    return "" if text.lstrip().startswith("<") else text


# --- answers ----------------------------------------------------------------------------------------


def is_vector(value: Any, size: int | None = None) -> bool:
    """Tell whether a value is a vector: numbers, finite, as many as wanted."""
    if not isinstance(value, list) or not value or (size is not None and len(value) != size):
        return False
    return {int, float}.issuperset(map(type, value)) and math.isfinite(sum(value))


def by_index(rows: Any, asks: Sequence[Ask], size: int | None = None) -> dict[int, Any]:
    """Return the vectors of rows `{index, embedding}` by the asks' ids.

    A row that is malformed or foreign is passed over, and so is an index that comes twice: what is missing then is
    asked again.
    """
    found: dict[int, Any] = {}
    doubled: set[int] = set()
    for row in rows if isinstance(rows, list) else ():
        index = row.get("index") if isinstance(row, Mapping) else None
        if type(index) is not int or not 0 <= index < len(asks) or not is_vector(row.get("embedding"), size):
            continue
        if index in found:
            doubled.add(index)
        found[index] = row["embedding"]
    return {asks[index].id: vector for index, vector in found.items() if index not in doubled}


_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


def structured(text: str) -> Any:
    """Return an answer's JSON value, taken out of a code fence or of words around it; the text when it has none."""
    fenced = _FENCE.fullmatch(text)
    inner = fenced.group(1) if fenced else text
    for piece in (inner, inner[inner.find("{") : inner.rfind("}") + 1]):
        try:
            return orjson.loads(piece)
        except orjson.JSONDecodeError:
            continue
    return text


def told_schema(schema: Mapping[str, Any]) -> str:
    """Return the words that ask for JSON where a service takes no schema."""
    told = orjson.dumps(schema).decode()
    return f"\n\nAnswer with one JSON object and nothing else. It follows this JSON schema: {told}"
