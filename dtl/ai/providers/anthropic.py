"""Anthropic's messages API."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.http import waits, wire
from dtl.ai.provider import Ask, Caps, HttpCall, HttpProvider, Limits, Provider, Reason, Refusal, Reply, Usage
from dtl.ai.providers.fusion import answered, combine
from dtl.ai.request import Kind
from dtl.values.errors import FunctionError

ADDRESS = "https://api.anthropic.com"
_VERSION = "2023-06-01"
#: Tokens of an answer when nothing bounds it: the API wants a bound.
_BOUND = 1024
#: Models that were made before structured outputs: they are told the schema in words.
_UNSTRUCTURED = re.compile(r"claude-(?:instant|2|3)")
_KINDS: dict[str, Reason] = {
    "rate_limit_error": "rate_limit",
    "overloaded_error": "overloaded",
    "authentication_error": "auth",
    "permission_error": "auth",
    "not_found_error": "model",
    "billing_error": "quota",
    "api_error": "server",
    "timeout_error": "timeout",
    "invalid_request_error": "invalid",
    "request_too_large": "invalid",
}
# A spent budget comes as a 429 too, and is not to be waited for.
_SPENT = re.compile(r"spend|credit balance|billing|usage limits", re.IGNORECASE)
# What structured outputs do not take: the answer is checked for these afterwards.
_UNKNOWN = frozenset({"minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "multipleOf"})
_DATA = re.compile(r"data:([\w/+.-]+);base64,")


class Anthropic(HttpProvider):
    """Anthropic's wire format.

    Args:
        entry: The model's entry.
    """

    name = "anthropic"

    def __init__(self, entry: Entry) -> None:
        self.base = entry.get("base_url", ADDRESS).removesuffix("/v1")
        secret = entry.secret()
        if not secret and self.base == ADDRESS:
            raise FunctionError(f'the entry "{entry.name}" needs "api_key" ({entry.place})')
        self.key = wire.lane_key(self.name, self.base, secret)
        self.identity = self.name if self.base == ADDRESS else f"{self.name} {self.base}"
        self.timeout = entry.get("timeout")
        self._structured = entry.get("structured_outputs")
        self._concurrency = entry.get("concurrency")
        rate = entry.get("requests_per_minute")
        self._rate = (rate, 60.0) if rate else None
        self.headers = {"content-type": "application/json", "anthropic-version": entry.get("api_version", _VERSION)}
        if secret:
            self.headers["x-api-key"] = secret
        self.headers.update({name.lower(): each.reveal() for name, each in entry.get("headers", {}).items()})

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return the caps: a prompt a call; embeddings there are none."""
        return Caps(input_tokens=180_000, fuses=kind == "chat", concurrency=self._concurrency, rate=self._rate)

    def body(self, asks: Sequence[Ask]) -> dict[str, Any]:
        """Return the body of a call."""
        model = asks[0].model
        prompt, options = combine(asks)
        instructions = prompt.instructions
        data: dict[str, Any] = {"model": model, "max_tokens": options.get("max_tokens", _BOUND * len(asks))}
        if prompt.schema is not None:
            structured = not _UNSTRUCTURED.match(model) if self._structured is None else self._structured
            if structured:
                data["output_config"] = {"format": {"type": "json_schema", "schema": _without_bounds(prompt.schema)}}
            else:
                instructions += wire.told_schema(prompt.schema)
        if instructions:
            data["system"] = instructions
        data["messages"] = [{"role": "user", "content": _content(asks[0])}]
        for name, option in (("temperature", "temperature"), ("top_p", "top_p"), ("stop_sequences", "stop")):
            if option in options:
                data[name] = min(options[option], 1.0) if option == "temperature" else options[option]
        return data

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for asks about one input."""
        return HttpCall("POST", f"{self.base}/v1/messages", self.headers, wire.body_of(self.body(asks)), self.timeout)

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says."""
        data = wire.json_of(body)
        if status != 200 or (isinstance(data, Mapping) and data.get("type") == "error"):
            return Reply(refusal=self._refused(status if status != 200 else 500, headers, data, body))
        if not isinstance(data, Mapping):
            return Reply(refusal=Refusal("malformed", "the response is no JSON object"))
        return read_message(data, asks)

    def _refused(self, status: int, headers: Mapping[str, str], data: Any, body: bytes) -> Refusal:
        message = wire.message_of(data, body)
        error = data.get("error") if isinstance(data, Mapping) else None
        kind = _KINDS.get(str(error.get("type"))) if isinstance(error, Mapping) else None
        if (kind == "rate_limit" or status in (400, 402, 429)) and _SPENT.search(message):
            kind = "quota"
        return wire.refusal(status, headers, message, kind)

    def limits(self, headers: Mapping[str, str]) -> Limits:
        """Return the budgets of requests and (input) tokens."""

        def of(*names: str) -> Any:
            for name in names:
                limit, remaining = (
                    headers.get(f"anthropic-ratelimit-{name}-{part}") for part in ("limit", "remaining")
                )
                reset = waits.until(headers.get(f"anthropic-ratelimit-{name}-reset"))
                found = waits.bucket(limit, remaining, reset)
                if found is not None:
                    return found
            return None

        return Limits(of("requests"), of("input-tokens", "tokens"))


def read_message(data: Mapping[str, Any], asks: Sequence[Ask]) -> Reply:
    """Return what a message says, of a call or of a batch."""
    reason = data.get("stop_reason")
    parts = data.get("content")
    texts = [
        part["text"]
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, Mapping) and part.get("type") == "text" and isinstance(part.get("text"), str)
    ]
    text: str | None = "".join(texts) or None
    problem = None
    if reason == "refusal":
        text, problem = None, Refusal("poison", "the model refuses to answer")
    elif reason == "model_context_window_exceeded":
        text, problem = None, Refusal("poison", "the text is too long for the model")
    elif reason == "max_tokens" and (text is None or text.lstrip().startswith("{")):
        text, problem = None, Refusal("poison", 'the answer was cut off at "max_tokens"')
    return answered(asks, text, problem, _usage(data.get("usage")))


def _usage(data: Any) -> Usage:
    if not isinstance(data, Mapping):
        return Usage()
    cached = data.get("cache_read_input_tokens") or 0
    asked = data.get("input_tokens")
    # What was read from the cache, or written to it, is counted apart: together they are what was sent.
    total = None if asked is None else asked + cached + (data.get("cache_creation_input_tokens") or 0)
    return Usage(total, data.get("output_tokens"), cached)


def _content(ask: Ask) -> Any:
    image = ask.request.input
    if ask.request.kind != "image":
        return image
    inline = _DATA.match(image)
    if inline is None:
        return [{"type": "image", "source": {"type": "url", "url": image}}]
    source = {"type": "base64", "media_type": inline.group(1), "data": image[inline.end() :]}
    return [{"type": "image", "source": source}]


def _without_bounds(schema: Any) -> Any:
    if isinstance(schema, Mapping):
        return {
            name: {key: _without_bounds(each) for key, each in part.items()}
            if name == "properties"
            else _without_bounds(part)
            for name, part in schema.items()
            if name not in _UNKNOWN
        }
    return [_without_bounds(each) for each in schema] if isinstance(schema, list) else schema


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return Anthropic(entry)
