"""The wire format of Cohere's second version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.model_server.budgets import State
from tests.support.model_server.wires.wire import Asked, BadRequest, Said, Wire, needed, texts, told

_MOST_INPUTS = 96
_INPUT_TYPES = ("search_document", "search_query", "classification", "clustering", "image")
_STOPS = {"end": "COMPLETE", "length": "MAX_TOKENS", "refusal": "ERROR"}


class Cohere(Wire):
    """Cohere's."""

    name = "cohere"
    paths: Mapping[str, str] = {"/v2/embed": "embed", "/v2/chat": "chat"}

    def ask(self, path: str, data: Any) -> Asked:
        """Return what a body asks."""
        if path == "/v2/embed":
            needed(data, "model", "input_type", "texts")
            if data["input_type"] not in _INPUT_TYPES:
                raise BadRequest(f"invalid input_type: {data['input_type']}")
            return Asked("embed", data["model"], texts(data["texts"], "texts"), "", None, data.get("output_dimension"))
        needed(data, "model", "messages")
        system, text = told(data["messages"])
        form = data.get("response_format") or {}
        schema = form.get("json_schema") if form.get("type") == "json_object" else None
        if schema is not None and ("documents" in data or "tools" in data):
            raise BadRequest("response_format is not supported together with documents or tools")
        return Asked("chat", data["model"], [text], system, schema)

    def check(self, asked: Asked, tokens: Sequence[int]) -> None:
        """Check the cap on texts."""
        if asked.kind == "embed" and len(asked.inputs) > _MOST_INPUTS:
            raise BadRequest(f"invalid request: total number of texts must be at most {_MOST_INPUTS}")

    def vectors(self, asked: Asked, items: Sequence[tuple[int, str]], tokens: int) -> str:
        """Return the body of an answer with vectors."""
        data = ",".join([vector for _, vector in items])
        billed = f'{{"api_version":{{"version":"2"}},"billed_units":{{"input_tokens":{tokens}}}}}'
        return f'{{"id":"1","embeddings":{{"float":[{data}]}},"texts":{json.dumps(asked.inputs)},"meta":{billed}}}'

    def said(self, path: str, asked: Asked, said: Said) -> Any:
        """Return the body of a chat's answer."""
        usage = {"input_tokens": said.tokens_in, "output_tokens": said.tokens_out}
        return {
            "id": "1",
            "finish_reason": _STOPS[said.stop],
            "message": {"role": "assistant", "content": [{"type": "text", "text": said.text}]},
            "usage": {"billed_units": usage, "tokens": usage},
        }

    def refusal(self, status: int, message: str, code: str | None = None) -> Any:
        """Return the body of an error."""
        return {"id": "1", "message": message}

    def headers(self, states: Mapping[str, State], now: float) -> list[tuple[str, str]]:
        """Return the header that tells when the budget is full again."""
        reset = max((state.reset for state in states.values() if state.remaining <= 0), default=None)
        return [] if reset is None else [("x-ratelimit-reset", f"{now + reset:.3f}")]
