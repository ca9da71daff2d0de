"""OpenAI's API and the many servers that speak it: embeddings, chat completions, responses, structured outputs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.http import waits, wire
from dtl.ai.provider import Ask, Caps, HttpCall, HttpProvider, Limits, Provider, Reason, Refusal, Reply, Usage
from dtl.ai.providers.fusion import answered, combine
from dtl.ai.request import Kind, Prompt
from dtl.values.errors import FunctionError

ADDRESS = "https://api.openai.com/v1"
_NAME = re.compile(r"[^A-Za-z0-9_-]")
#: Models that were made before structured outputs: they are told the schema in words.
_UNSTRUCTURED = re.compile(r"gpt-3\.5|gpt-4(?:$|-0|-1|-32k|-turbo|-vision)|gpt-4o-2024-05-13|o1-(?:mini|preview)")
_REASONS = re.compile(r"o\d|gpt-5")
_KINDS: dict[str, Reason] = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "invalid_api_key": "auth",
    "model_not_found": "model",
    "rate_limit_exceeded": "rate_limit",
    "content_filter": "poison",
    "content_policy_violation": "poison",
}


class OpenAI(HttpProvider):
    """OpenAI's wire format.

    Args:
        entry: The model's entry.
    """

    name = "openai"

    def __init__(self, entry: Entry) -> None:
        self.base = entry.get("base_url", ADDRESS)
        self._key = entry.secret()
        if not self._key and self.base == ADDRESS:
            raise FunctionError(f'the entry "{entry.name}" needs "api_key" ({entry.place})')
        self.key = wire.lane_key(self.name, self.base, self._key, str(entry.get("organization")))
        self.identity = self.name if self.base == ADDRESS else f"{self.name} {self.base}"
        self.timeout = entry.get("timeout")
        self._responses = entry.get("endpoint") == "responses"
        self._structured = entry.get("structured_outputs")
        self._concurrency = entry.get("concurrency")
        rate = entry.get("requests_per_minute")
        self._rate = (rate, 60.0) if rate else None
        self.headers = {"content-type": "application/json", **self._authorization()}
        if entry.get("organization"):
            self.headers["openai-organization"] = entry.get("organization")
        self.headers.update({name.lower(): each.reveal() for name, each in entry.get("headers", {}).items()})

    def _authorization(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._key}"} if self._key else {}

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return OpenAI's documented caps."""
        if kind == "embed":
            return Caps(2048, 300_000, None, 8192, concurrency=self._concurrency, rate=self._rate)
        return Caps(input_tokens=120_000, fuses=kind == "chat", concurrency=self._concurrency, rate=self._rate)

    def url(self, path: str, model: str) -> str:
        """Return the address of an endpoint."""
        return f"{self.base}/{path}"

    # --- asking -----------------------------------------------------------------------------------

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for asks of one kind and model."""
        model = asks[0].model
        if asks[0].request.kind == "embed":
            data: dict[str, Any] = {"model": model, "input": [ask.request.input for ask in asks]}
            if "dimensions" in asks[0].options:
                data["dimensions"] = asks[0].options["dimensions"]
            path = "embeddings"
        else:
            prompt, options = combine(asks)
            path = "responses" if self._responses else "chat/completions"
            make = self._response if self._responses else self._chat
            data = make(model, prompt, options, asks[0])
        return HttpCall("POST", self.url(path, model), self.headers, wire.body_of(data), self.timeout)

    def _chat(self, model: str, prompt: Prompt, options: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
        data: dict[str, Any] = {"model": model, "messages": []}
        instructions = prompt.instructions
        if prompt.schema is not None:
            if self._takes_schema(model):
                data["response_format"] = {"type": "json_schema", "json_schema": _named(prompt.schema, ask)}
            else:
                instructions += wire.told_schema(prompt.schema)
        if instructions:
            data["messages"].append({"role": "system", "content": instructions})
        data["messages"].append({"role": "user", "content": self._content(ask, "image_url", "text")})
        data.update(self._sampling(model, options, "max_tokens"))
        return data

    def _response(self, model: str, prompt: Prompt, options: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
        content = self._content(ask, "input_image", "input_text")
        data: dict[str, Any] = {"model": model, "input": [{"role": "user", "content": content}], "store": False}
        instructions = prompt.instructions
        if prompt.schema is not None:
            if self._takes_schema(model):
                data["text"] = {"format": {"type": "json_schema", **_named(prompt.schema, ask)}}
            else:
                instructions += wire.told_schema(prompt.schema)
        if instructions:
            data["instructions"] = instructions
        data.update(self._sampling(model, options, "max_output_tokens"))
        if isinstance(effort := data.pop("reasoning_effort", None), str):
            data["reasoning"] = {"effort": effort}
        return data

    def _content(self, ask: Ask, image: str, text: str) -> Any:
        if ask.request.kind != "image":
            return ask.request.input
        address = ask.request.input
        return [{"type": image, "image_url": {"url": address} if image == "image_url" else address}]

    def _takes_schema(self, model: str) -> bool:
        return not _UNSTRUCTURED.match(model) if self._structured is None else bool(self._structured)

    def _sampling(self, model: str, options: Mapping[str, Any], bound: str) -> dict[str, Any]:
        """Return the options that go on the wire; models that reason take no temperature."""
        reasons = _REASONS.match(model) is not None
        names: tuple[str, ...] = (
            ("seed", "stop", "reasoning_effort")
            if reasons
            else ("temperature", "top_p", "seed", "stop", "reasoning_effort")
        )
        if bound == "max_output_tokens":
            names = tuple(name for name in names if name not in ("seed", "stop"))
        found = {name: options[name] for name in names if name in options}
        if "max_tokens" in options:
            found["max_completion_tokens" if reasons and bound == "max_tokens" else bound] = options["max_tokens"]
        return found

    # --- being answered ---------------------------------------------------------------------------

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says."""
        data = wire.json_of(body)
        if status != 200:
            return Reply(refusal=self._refused(status, headers, data, body))
        if not isinstance(data, Mapping):
            return Reply(refusal=Refusal("malformed", "the response is no JSON object"))
        if isinstance(data.get("error"), Mapping):
            return Reply(refusal=self._refused(500, headers, data, body))
        usage = _usage(data.get("usage"))
        if asks[0].request.kind == "embed":
            return Reply(wire.by_index(data.get("data"), asks, asks[0].options.get("dimensions")), usage=usage)
        text, problem = _response_text(data) if self._responses else _chat_text(data)
        return answered(asks, text, problem, usage)

    def _refused(self, status: int, headers: Mapping[str, str], data: Any, body: bytes) -> Refusal:
        error = data.get("error") if isinstance(data, Mapping) else None
        kind = None
        if isinstance(error, Mapping):
            kind = _KINDS.get(str(error.get("code"))) or _KINDS.get(str(error.get("type")))
        return wire.refusal(status, headers, wire.message_of(data, body), kind)

    def limits(self, headers: Mapping[str, str]) -> Limits:
        """Return the budgets of requests and tokens; of a project where it has its own."""

        def of(what: str) -> Any:
            for scope in ("project-", ""):
                limit, remaining = (headers.get(f"x-ratelimit-{part}-{scope}{what}") for part in ("limit", "remaining"))
                reset = waits.duration(headers.get(f"x-ratelimit-reset-{scope}{what}"))
                found = waits.bucket(limit, remaining, reset)
                if found is not None:
                    return found
            return None

        return Limits(of("requests"), of("tokens"))


def _named(schema: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    return {"name": _NAME.sub("_", ask.request.task)[:64], "schema": schema, "strict": True}


def _chat_text(data: Mapping[str, Any]) -> tuple[str | None, Refusal | None]:
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {}
    if isinstance(message.get("refusal"), str) and message["refusal"]:
        return None, Refusal("poison", f"the model refuses: {wire.told(message['refusal'])}")
    if choice.get("finish_reason") == "content_filter":
        return None, Refusal("poison", "the answer was held back by the content filter")
    text = message.get("content")
    if choice.get("finish_reason") == "length" and (not text or text.lstrip().startswith("{")):
        return None, Refusal("poison", 'the answer was cut off at "max_tokens"')
    return (text, None) if isinstance(text, str) else (None, None)


def _response_text(data: Mapping[str, Any]) -> tuple[str | None, Refusal | None]:
    if data.get("status") == "failed":
        return None, Refusal("malformed", wire.told(wire.message_of(data, b"")) or "the response has failed")
    texts = []
    for item in data.get("output") or ():
        for part in (item.get("content") or ()) if isinstance(item, Mapping) and item.get("type") == "message" else ():
            if part.get("type") == "refusal":
                return None, Refusal("poison", f"the model refuses: {wire.told(str(part.get('refusal')))}")
            if isinstance(part.get("text"), str):
                texts.append(part["text"])
    text = "".join(texts)
    details = data.get("incomplete_details")
    reason = details.get("reason") if isinstance(details, Mapping) else None
    if reason == "content_filter":
        return None, Refusal("poison", "the answer was held back by the content filter")
    if data.get("status") == "incomplete" and (not text or text.lstrip().startswith("{")):
        return None, Refusal("poison", 'the answer was cut off at "max_tokens"')
    return (text or None), None


def _usage(data: Any) -> Usage:
    if not isinstance(data, Mapping):
        return Usage()
    details = data.get("prompt_tokens_details") or data.get("input_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
    asked = data.get("prompt_tokens", data.get("input_tokens"))
    return Usage(asked, data.get("completion_tokens", data.get("output_tokens")), cached)


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return OpenAI(entry)
