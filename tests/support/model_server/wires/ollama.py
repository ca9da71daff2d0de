"""The wire format of Ollama."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.model_server.wires.wire import Asked, BadRequest, Said, Wire, needed, texts, told

_STOPS = {"end": "stop", "length": "length", "refusal": "stop"}


class Ollama(Wire):
    """Ollama's. It knows no keys and no budgets."""

    name = "ollama"
    paths: Mapping[str, str] = {"/api/embed": "embed", "/api/chat": "chat", "/api/generate": "chat"}

    def key(self, headers: Mapping[str, str]) -> str | None:
        """Return the key that every request has."""
        return "local"

    def ask(self, path: str, data: Any) -> Asked:
        """Return what a body asks."""
        if path == "/api/embed":
            needed(data, "model", "input")
            return Asked("embed", data["model"], texts(data["input"], "input"), "", None, data.get("dimensions"))
        form = data.get("format") if isinstance(data, dict) else None
        schema = form if isinstance(form, dict) else None
        if path == "/api/generate":
            needed(data, "model", "prompt")
            system, text = data.get("system", ""), data["prompt"]
        else:
            needed(data, "model", "messages")
            system, text = told(data["messages"])
            text += "".join(image for message in data["messages"] for image in message.get("images", ()))
        if data.get("stream", True):
            raise BadRequest("this server does not stream")
        return Asked("chat", data["model"], [text], system, schema)

    def vectors(self, asked: Asked, items: Sequence[tuple[int, str]], tokens: int) -> str:
        """Return the body of an answer with vectors."""
        data = ",".join([vector for _, vector in items])
        return (
            f'{{"model":{json.dumps(asked.model)},"embeddings":[{data}],"total_duration":1000,"load_duration":1,'
            f'"prompt_eval_count":{tokens}}}'
        )

    def said(self, path: str, asked: Asked, said: Said) -> Any:
        """Return the body of a chat's answer."""
        held: dict[str, Any] = {"message": {"role": "assistant", "content": said.text}}
        if path == "/api/generate":
            held = {"response": said.text}
        return {
            "model": asked.model,
            "created_at": "2026-01-01T00:00:00Z",
            **held,
            "done": True,
            "done_reason": _STOPS[said.stop],
            "prompt_eval_count": said.tokens_in,
            "eval_count": said.tokens_out,
        }

    def refusal(self, status: int, message: str, code: str | None = None) -> Any:
        """Return the body of an error."""
        return {"error": message}
