"""Ollama's own API: embed and chat, without streams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.http import wire
from dtl.ai.provider import Ask, Caps, HttpCall, HttpProvider, Provider, Reason, Refusal, Reply, Usage
from dtl.ai.providers.fusion import answered, combine
from dtl.ai.request import Kind

ADDRESS = "http://localhost:11434"
#: Texts of a call: the server works through them one by one, and many would outlast the time that a call may take.
_TEXTS = 256
_OPTIONS = {"temperature": "temperature", "top_p": "top_p", "seed": "seed", "max_tokens": "num_predict", "stop": "stop"}


class Ollama(HttpProvider):
    """Ollama's wire format.

    Args:
        entry: The model's entry.
    """

    name = "ollama"

    def __init__(self, entry: Entry) -> None:
        self.base = entry.get("base_url", ADDRESS)
        self.key = wire.lane_key(self.name, self.base)
        self.identity = self.name if self.base == ADDRESS else f"{self.name} {self.base}"
        self.timeout = entry.get("timeout", 300.0)
        self._concurrency = entry.get("concurrency")
        self._headers = {"content-type": "application/json"}
        if entry.secret():
            self._headers["authorization"] = f"Bearer {entry.secret()}"
        self._headers.update({name.lower(): each.reveal() for name, each in entry.get("headers", {}).items()})

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how much one call may carry."""
        if kind == "embed":
            return Caps(_TEXTS, concurrency=self._concurrency)
        return Caps(fuses=kind == "chat", concurrency=self._concurrency)

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for asks of one kind and model. A text that is too long is refused rather than cut off."""
        options = asks[0].options
        data: dict[str, Any] = {"model": asks[0].model}
        if asks[0].request.kind == "embed":
            data |= {
                "input": [ask.request.input for ask in asks],
                "truncate": options.get("truncate", "none") != "none",
            }
            if "dimensions" in options:
                data["dimensions"] = options["dimensions"]
            path = "embed"
        else:
            prompt, options = combine(asks)
            path = "chat"
            user: dict[str, Any] = {"role": "user", "content": asks[0].request.input}
            if asks[0].request.kind == "image":
                user = {"role": "user", "content": "", "images": [asks[0].request.input.partition(",")[2]]}
            messages = [{"role": "system", "content": prompt.instructions}] if prompt.instructions else []
            data |= {"messages": [*messages, user], "stream": False}
            if prompt.schema is not None:
                data["format"] = prompt.schema
            sampling = {wire_name: options[name] for name, wire_name in _OPTIONS.items() if name in options}
            if sampling:
                data["options"] = sampling
        return HttpCall("POST", f"{self.base}/api/{path}", self._headers, wire.body_of(data), self.timeout)

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says. Vectors come in the order of the texts: as many as were sent, or none counts."""
        data = wire.json_of(body)
        error = data.get("error") if isinstance(data, Mapping) else None
        if status != 200 or error:
            kind: Reason | None = "overloaded" if status == 503 else "model" if status == 404 else None
            return Reply(
                refusal=wire.refusal(status if status != 200 else 500, headers, wire.message_of(data, body), kind)
            )
        if not isinstance(data, Mapping):
            return Reply(refusal=Refusal("malformed", "the response is no JSON object"))
        usage = Usage(data.get("prompt_eval_count"), data.get("eval_count"))
        if asks[0].request.kind != "embed":
            message = data.get("message")
            text = message.get("content") if isinstance(message, Mapping) else None
            problem = None
            if data.get("done_reason") == "length" and (not text or text.lstrip().startswith("{")):
                text, problem = None, Refusal("poison", 'the answer was cut off at "max_tokens"')
            return answered(asks, text if isinstance(text, str) else None, problem, usage)
        rows = data.get("embeddings")
        if not isinstance(rows, list) or len(rows) != len(asks):
            count = len(rows) if isinstance(rows, list) else "no"
            return Reply(refusal=Refusal("malformed", f"{count} vectors came for {len(asks)} texts"), usage=usage)
        size = asks[0].options.get("dimensions")
        return Reply(
            {ask.id: row for ask, row in zip(asks, rows, strict=True) if wire.is_vector(row, size)}, usage=usage
        )


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return Ollama(entry)
