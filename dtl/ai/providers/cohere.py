"""Cohere's API, version 2: embed and chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.http import waits, wire
from dtl.ai.provider import Ask, Caps, HttpCall, HttpProvider, Limits, Provider, Reason, Refusal, Reply, Usage
from dtl.ai.providers.fusion import answered, combine
from dtl.ai.request import Kind
from dtl.values.errors import FunctionError

ADDRESS = "https://api.cohere.com"
#: Inputs of an embed call, and the documented pace: it counts inputs, not requests.
_TEXTS = 96
_INPUTS_PER_MINUTE = 2000
_CHATS_PER_MINUTE = 500


class Cohere(HttpProvider):
    """Cohere's wire format.

    Args:
        entry: The model's entry.
    """

    name = "cohere"

    def __init__(self, entry: Entry) -> None:
        self.base = entry.get("base_url", ADDRESS)
        secret = entry.secret()
        if not secret and self.base == ADDRESS:
            raise FunctionError(f'the entry "{entry.name}" needs "api_key" ({entry.place})')
        self.key = wire.lane_key(self.name, self.base, secret)
        self.identity = self.name if self.base == ADDRESS else f"{self.name} {self.base}"
        self.timeout = entry.get("timeout")
        self._concurrency = entry.get("concurrency")
        self._rate = entry.get("requests_per_minute")
        self._headers = {"content-type": "application/json"}
        if secret:
            self._headers["authorization"] = f"Bearer {secret}"
        self._headers.update({name.lower(): each.reveal() for name, each in entry.get("headers", {}).items()})

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return Cohere's documented caps, and its pace where it is the real service that is asked."""
        known = self.base == ADDRESS
        if kind == "embed":
            pace = self._rate or (_INPUTS_PER_MINUTE if known else None)
            return Caps(_TEXTS, pace_by="inputs", concurrency=self._concurrency, rate=(pace, 60.0) if pace else None)
        pace = self._rate or (_CHATS_PER_MINUTE if known else None)
        return Caps(fuses=kind == "chat", concurrency=self._concurrency, rate=(pace, 60.0) if pace else None)

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for asks of one kind and model."""
        path, data = ("embed", self._embed(asks)) if asks[0].request.kind == "embed" else ("chat", self._chat(asks))
        return HttpCall("POST", f"{self.base}/v2/{path}", self._headers, wire.body_of(data), self.timeout)

    def _embed(self, asks: Sequence[Ask]) -> dict[str, Any]:
        options = asks[0].options
        data: dict[str, Any] = {
            "model": asks[0].model,
            "input_type": options.get("input_type", "search_document"),
            "texts": [ask.request.input for ask in asks],
            "embedding_types": ["float"],
            "truncate": options.get("truncate", "none").upper(),
        }
        if "dimensions" in options:
            data["output_dimension"] = options["dimensions"]
        return data

    def _chat(self, asks: Sequence[Ask]) -> dict[str, Any]:
        prompt, options = combine(asks)
        instructions = prompt.instructions
        data: dict[str, Any] = {"model": asks[0].model, "messages": []}
        if prompt.schema is not None:
            data["response_format"] = {"type": "json_object", "json_schema": prompt.schema}
            instructions += "\n\nAnswer with a JSON object."  # the API wants the prompt itself to ask for it
        if instructions:
            data["messages"].append({"role": "system", "content": instructions})
        asked: Any = asks[0].request.input
        if asks[0].request.kind == "image":
            asked = [{"type": "image_url", "image_url": {"url": asked}}]
        data["messages"].append({"role": "user", "content": asked})
        for name, option in (
            ("temperature", "temperature"), ("p", "top_p"), ("max_tokens", "max_tokens"), ("seed", "seed"),
            ("stop_sequences", "stop"),
        ):  # fmt: skip
            if option in options:
                data[name] = options[option]
        return data

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says. Vectors come in the order of the texts: as many as were sent, or none counts."""
        data = wire.json_of(body)
        if status != 200:
            kind: Reason | None = "quota" if status == 402 else None
            found = wire.refusal(status, headers, wire.message_of(data, body), kind)
            if found.kind == "rate_limit" and found.retry_after is None:
                found = Refusal(found.kind, found.message, waits.until(headers.get("x-ratelimit-reset")))
            return Reply(refusal=found)
        if not isinstance(data, Mapping):
            return Reply(refusal=Refusal("malformed", "the response is no JSON object"))
        if asks[0].request.kind == "embed":
            return _vectors(data, asks)
        message = data.get("message")
        parts = message.get("content") if isinstance(message, Mapping) else None
        texts = [
            part["text"] for part in parts or () if isinstance(part, Mapping) and isinstance(part.get("text"), str)
        ]
        text: str | None = "".join(texts) or None
        problem = None
        if data.get("finish_reason") == "MAX_TOKENS" and (text is None or text.lstrip().startswith("{")):
            text, problem = None, Refusal("poison", 'the answer was cut off at "max_tokens"')
        elif data.get("finish_reason") == "ERROR":
            text, problem = None, Refusal("malformed", "the model has failed")
        usage = data.get("usage")
        return answered(
            asks, text, problem, _usage(usage.get("tokens") or usage.get("billed_units")) if usage else Usage()
        )

    def limits(self, headers: Mapping[str, str]) -> Limits:
        """Return the budget of calls that trial keys are told of."""
        limit, remaining = headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")
        return Limits(waits.bucket(limit, remaining, waits.until(headers.get("x-ratelimit-reset"))))


def _vectors(data: Mapping[str, Any], asks: Sequence[Ask]) -> Reply:
    embeddings = data.get("embeddings")
    rows = embeddings.get("float") if isinstance(embeddings, Mapping) else embeddings
    meta = data.get("meta")
    billed = meta.get("billed_units") if isinstance(meta, Mapping) else None
    usage = _usage(billed)
    if not isinstance(rows, list) or len(rows) != len(asks):
        count = len(rows) if isinstance(rows, list) else "no"
        return Reply(refusal=Refusal("malformed", f"{count} vectors came for {len(asks)} texts"), usage=usage)
    size = asks[0].options.get("dimensions")
    return Reply({ask.id: row for ask, row in zip(asks, rows, strict=True) if wire.is_vector(row, size)}, usage=usage)


def _usage(data: Any) -> Usage:
    if not isinstance(data, Mapping):
        return Usage()

    def whole(name: str) -> int | None:
        return int(data[name]) if isinstance(data.get(name), int | float) else None

    return Usage(whole("input_tokens"), whole("output_tokens"))


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return Cohere(entry)
