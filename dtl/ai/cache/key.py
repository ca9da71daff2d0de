"""Names of questions: two requests with one key have one answer.

A key covers what can change an answer (provider, model, function, prompt with its version and schema, options, the
exact input) and nothing else: no batch, no position, no secret, no time.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

import orjson

from dtl.ai.provider import Target
from dtl.ai.request import Request

#: Bytes of a key.
KEY_SIZE = 20
# Raised when what lies behind a key changes its meaning.
_VERSION = 1


def to_json(data: Any) -> bytes:
    """Return the one JSON text of plain data: keys sorted, no spaces."""
    try:
        return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # bytes that are not UTF-8, integers beyond 64 bits
        return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def shape_of(request: Request) -> bytes:
    """Return what requests have in common that differ only in their input."""
    prompt = request.prompt
    told = None if prompt is None else (prompt.instructions, prompt.schema, prompt.version)
    return to_json((request.kind, request.task, request.model, request.options, told))


def prefix_of(request: Request, target: Target, options: dict[str, Any]) -> Any:
    """Return the hash of everything but the input, to be copied for each input."""
    prompt = request.prompt
    told = None if prompt is None else (prompt.instructions, prompt.schema, prompt.version)
    identity = target.provider.identity or target.provider.name
    return begun(to_json((_VERSION, identity, target.model, request.kind, request.task, options, told)))


def begun(shape: bytes) -> Any:
    """Return a hash that has taken in a shape."""
    return blake2b(len(shape).to_bytes(8, "big") + shape, digest_size=KEY_SIZE)


def key_of(prefix: Any, asked: Any) -> bytes:
    """Return the key of an input under a prefix."""
    hash = prefix.copy()
    if type(asked) is str:
        hash.update(b"t" + asked.encode("utf-8", "surrogateescape"))
    elif type(asked) is bytes:
        hash.update(b"b" + asked)
    else:
        hash.update(b"j" + to_json(asked))
    digest: bytes = hash.digest()
    return digest
