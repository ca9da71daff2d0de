"""The wire format of Anthropic's messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.support.model_server.budgets import State
from tests.support.model_server.wires.wire import Asked, BadRequest, Said, Wire, content, needed, told

_ERRORS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}
_STOPS = {"end": "end_turn", "length": "max_tokens", "refusal": "refusal"}


class Anthropic(Wire):
    """Anthropic's."""

    name = "anthropic"
    paths: Mapping[str, str] = {"/v1/messages": "chat"}
    busy_status = 529

    def key(self, headers: Mapping[str, str]) -> str | None:
        """Return the key, if the version is told too."""
        return headers.get("x-api-key") if headers.get("anthropic-version") == "2023-06-01" else None

    def ask(self, path: str, data: Any) -> Asked:
        """Return what a body asks."""
        needed(data, "model", "max_tokens", "messages")
        if any(each.get("role") == "system" for each in data["messages"]):
            raise BadRequest('messages: unexpected role "system"; use the top-level `system` parameter')
        _, text = told(data["messages"])
        if not text:
            raise BadRequest("messages: text content blocks must be non-empty")
        form = data.get("output_config", {}).get("format") or {}
        schema = form.get("schema") if form.get("type") == "json_schema" else None
        return Asked("chat", data["model"], [text], content(data.get("system", "")), schema)

    def said(self, path: str, asked: Asked, said: Said) -> Any:
        """Return the body of a chat's answer."""
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": asked.model,
            "content": [{"type": "text", "text": said.text}],
            "stop_reason": _STOPS[said.stop],
            "stop_sequence": None,
            "usage": {
                "input_tokens": said.tokens_in,
                "output_tokens": said.tokens_out,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
            },
        }

    def refusal(self, status: int, message: str, code: str | None = None) -> Any:
        """Return the body of an error."""
        return {"type": "error", "error": {"type": _ERRORS.get(status, "api_error"), "message": message}}

    def headers(self, states: Mapping[str, State], now: float) -> list[tuple[str, str]]:
        """Return the headers that tell budgets."""
        found = []
        for name, state in states.items():
            if name in ("requests", "tokens"):
                until = datetime.fromtimestamp(now + state.reset, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                found += [
                    (f"anthropic-ratelimit-{name}-limit", str(state.limit)),
                    (f"anthropic-ratelimit-{name}-remaining", str(state.remaining)),
                    (f"anthropic-ratelimit-{name}-reset", until),
                ]
        return found
