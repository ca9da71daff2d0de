"""The wire format of OpenAI and of the servers that follow it; Azure's paths and key too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.model_server.budgets import State
from tests.support.model_server.wires.wire import Asked, BadRequest, Said, Wire, needed, texts, told

_MOST_INPUTS = 2048
_MOST_TOKENS = 300_000
_MOST_INPUT_TOKENS = 8192
_AZURE = re.compile(r"/openai/deployments/([^/]+)(/embeddings|/chat/completions)\Z")
_REFUSED_KEYWORDS = ("allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas")


class OpenAI(Wire):
    """OpenAI's."""

    name = "openai"
    paths: Mapping[str, str] = {"/v1/embeddings": "embed", "/v1/chat/completions": "chat", "/v1/responses": "chat"}
    is_indexed = True

    def key(self, headers: Mapping[str, str]) -> str | None:
        """Return the bearer's key, or Azure's."""
        return headers.get("api-key") or super().key(headers)

    def ask(self, path: str, data: Any) -> Asked:
        """Return what a body asks."""
        if path == "/v1/embeddings":
            needed(data, "model", "input")
            inputs = texts(data["input"], "input")
            if "" in inputs:
                raise BadRequest("'$.input' is invalid: no empty strings")
            return Asked(
                "embed", data["model"], inputs, "", None, data.get("dimensions"), data.get("encoding_format", "")
            )
        if path == "/v1/responses":
            needed(data, "model", "input")
            given = data["input"]
            system, text = ("", given) if isinstance(given, str) else told(given)
            both = "\n".join(part for part in (data.get("instructions") or "", system) if part)
            form = data.get("text", {}).get("format", {})
            return Asked("chat", data["model"], [text], both, _schema(form, form))
        needed(data, "model", "messages")
        system, text = told(data["messages"])
        form = data.get("response_format") or {}
        return Asked("chat", data["model"], [text], system, _schema(form, form.get("json_schema", {})))

    def check(self, asked: Asked, tokens: Sequence[int]) -> None:
        """Check the caps on inputs and tokens."""
        if asked.kind != "embed":
            return
        if len(asked.inputs) > _MOST_INPUTS:
            raise BadRequest(f"'$.input' is invalid: {len(asked.inputs)} inputs, the maximum is {_MOST_INPUTS}")
        if max(tokens) > _MOST_INPUT_TOKENS:
            raise BadRequest(f"this model's maximum context length is {_MOST_INPUT_TOKENS} tokens")
        if sum(tokens) > _MOST_TOKENS:
            raise BadRequest(f"requested {sum(tokens)} tokens, max {_MOST_TOKENS} tokens per request")

    def vectors(self, asked: Asked, items: Sequence[tuple[int, str]], tokens: int) -> str:
        """Return the body of an answer with vectors."""
        data = ",".join([f'{{"object":"embedding","index":{index},"embedding":{vector}}}' for index, vector in items])
        usage = f'{{"prompt_tokens":{tokens},"total_tokens":{tokens}}}'
        return f'{{"object":"list","data":[{data}],"model":{json.dumps(asked.model)},"usage":{usage}}}'

    def said(self, path: str, asked: Asked, said: Said) -> Any:
        """Return the body of a chat's answer."""
        if path == "/v1/responses":
            return _response(asked, said)
        is_refused = said.stop == "refusal"
        message = {
            "role": "assistant",
            "content": None if is_refused else said.text,
            "refusal": said.text if is_refused else None,
        }
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": asked.model,
            "choices": [
                {"index": 0, "message": message, "finish_reason": "length" if said.stop == "length" else "stop"}
            ],
            "usage": {
                "prompt_tokens": said.tokens_in,
                "completion_tokens": said.tokens_out,
                "total_tokens": said.tokens_in + said.tokens_out,
                "prompt_tokens_details": {"cached_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 0},
            },
        }

    def refusal(self, status: int, message: str, code: str | None = None) -> Any:
        """Return the body of an error."""
        kinds = {
            401: "authentication_error",
            429: "requests",
            400: "invalid_request_error",
            404: "invalid_request_error",
        }
        kind = "insufficient_quota" if code == "insufficient_quota" else kinds.get(status, "server_error")
        if status == 429 and code is None:
            code = "rate_limit_exceeded"
        return {"error": {"message": message, "type": kind, "param": None, "code": code}}

    def headers(self, states: Mapping[str, State], now: float) -> list[tuple[str, str]]:
        """Return the headers that tell budgets."""
        found = []
        for name, state in states.items():
            if name in ("requests", "tokens"):
                found += [
                    (f"x-ratelimit-limit-{name}", str(state.limit)),
                    (f"x-ratelimit-remaining-{name}", str(state.remaining)),
                    (f"x-ratelimit-reset-{name}", duration(state.reset)),
                ]
        return found


def azure_path(path: str) -> str | None:
    """Return OpenAI's path for one of Azure's, or None."""
    found = _AZURE.match(path)
    return f"/v1{found.group(2)}" if found else None


def azure_model(path: str) -> str:
    """Return the deployment that one of Azure's paths names."""
    found = _AZURE.match(path)
    return found.group(1) if found else ""


def duration(seconds: float) -> str:
    """Return a time as the service writes it: 12ms, 1.5s, 6m0s."""
    if seconds < 1:
        return f"{max(0, round(seconds * 1000))}ms"
    if seconds < 60:
        return f"{seconds:.3f}s"
    return f"{int(seconds // 60)}m{seconds % 60:.3f}s"


def _schema(form: Mapping[str, Any], holder: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the schema of a structured answer, checked as the service checks it."""
    if form.get("type") != "json_schema":
        return None
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", holder.get("name", "")):
        raise BadRequest("the schema's name must be of 1 to 64 letters, digits, _ and -")
    schema = holder.get("schema")
    if not isinstance(schema, dict):
        raise BadRequest("missing required parameter: schema")
    if holder.get("strict"):
        if schema.get("type") != "object":
            raise BadRequest("schema must be of type object at its root")
        _strict(schema, "schema", 1)
    return schema


def _strict(schema: Any, where: str, depth: int) -> None:
    """Check the strict subset of JSON schema."""
    if not isinstance(schema, dict):
        raise BadRequest(f"{where} is no schema")
    if depth > 10:
        raise BadRequest(f"{where} is nested more than 10 levels deep")
    for word in _REFUSED_KEYWORDS:
        if word in schema:
            raise BadRequest(f"{where}: {word!r} is not permitted")
    if "properties" in schema or schema.get("type") == "object":
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            raise BadRequest(f"{where}: 'additionalProperties' is required to be false")
        if sorted(schema.get("required", ())) != sorted(properties):
            raise BadRequest(f"{where}: 'required' must include every key in properties")
        for name, part in properties.items():
            _strict(part, f"{where}.{name}", depth + 1)
    if "items" in schema:
        _strict(schema["items"], f"{where}.items", depth + 1)
    for part in schema.get("anyOf", ()):
        _strict(part, f"{where}.anyOf", depth + 1)


def _response(asked: Asked, said: Said) -> Any:
    part = {"type": "output_text", "text": said.text, "annotations": []}
    if said.stop == "refusal":
        part = {"type": "refusal", "refusal": said.text}
    is_short = said.stop == "length"
    return {
        "id": "resp_1",
        "object": "response",
        "model": asked.model,
        "status": "incomplete" if is_short else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if is_short else None,
        "error": None,
        "output": [{"type": "message", "role": "assistant", "status": "completed", "content": [part]}],
        "usage": {
            "input_tokens": said.tokens_in,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": said.tokens_out,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": said.tokens_in + said.tokens_out,
        },
    }
