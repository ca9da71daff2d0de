"""Batch endpoints: OpenAI's files and batches, Anthropic's message batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from tests.support.model_server.plan import Plan
from tests.support.model_server.wires.wire import BadRequest

_MOST_OPENAI = 50_000
_MOST_ANTHROPIC = 100_000
_ENDPOINTS = ("/v1/embeddings", "/v1/chat/completions", "/v1/responses")

#: Answers one request: its path and body to status, body and how many inputs it had.
One = Callable[[str, Mapping[str, Any]], tuple[int, Any, int]]


class Answered(NamedTuple):
    """An answer to a request about batches: its body, and how many inputs the request brought."""

    body: bytes
    inputs: int = 0


@dataclass
class _Batch:
    id: str
    ready_at: float
    endpoint: str
    answers: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)


class Batches:
    """Files and batches of a run.

    Args:
        plan: How long a batch takes.
        one: Answers a request.
    """

    def __init__(self, plan: Plan, one: One) -> None:
        self._plan = plan
        self._one = one
        self._files: dict[str, bytes] = {}
        self._batches: dict[str, _Batch] = {}

    def knows(self, path: str) -> bool:
        """Tell whether a path is about batches."""
        return path.startswith(("/v1/files", "/v1/batches", "/v1/messages/batches"))

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes, now: float) -> Answered:
        """Answer a request.

        Raises:
            BadRequest: It is refused.
        """
        parts = path.removeprefix("/v1/").split("/")
        match method, parts:
            case "POST", ["files"]:
                return self._upload(headers, body)
            case "GET", ["files", name, "content"] if name in self._files:
                return Answered(self._files[name])
            case "POST", ["batches"]:
                return self._openai(_object(body), now)
            case "GET", ["batches", name] if name in self._batches:
                return Answered(self._openai_state(self._batches[name], now))
            case "POST", ["messages", "batches"]:
                return self._anthropic(_object(body), now)
            case "GET", ["messages", "batches", name] if name in self._batches:
                return Answered(self._anthropic_state(self._batches[name], now, headers))
            case "GET", ["messages", "batches", name, "results"] if name in self._batches:
                return Answered(_lines(self._batches[name].answers))
        raise BadRequest(f"no such address: {method} {path}", 404)

    # --- OpenAI -----------------------------------------------------------------------------------

    def _upload(self, headers: Mapping[str, str], body: bytes) -> Answered:
        parts = _parts(headers.get("content-type", ""), body)
        if parts.get("purpose") != b"batch" or "file" not in parts:
            raise BadRequest("a file with the purpose batch is needed")
        name = f"file-{len(self._files) + 1}"
        self._files[name] = parts["file"]
        told = {"id": name, "object": "file", "bytes": len(parts["file"]), "purpose": "batch", "status": "processed"}
        return Answered(json.dumps(told).encode())

    def _openai(self, data: dict[str, Any], now: float) -> Answered:
        endpoint = data.get("endpoint", "")
        given = self._files.get(data.get("input_file_id", ""))
        if given is None or endpoint not in _ENDPOINTS or data.get("completion_window") != "24h":
            raise BadRequest("input_file_id, endpoint and completion_window are needed")
        lines = [json.loads(line) for line in given.splitlines() if line.strip()]
        _checked([line.get("custom_id") for line in lines], _MOST_OPENAI)
        batch = self._made("batch", endpoint, now)
        inputs = 0
        for number, line in enumerate(lines):
            if line.get("method") != "POST" or line.get("url") != endpoint:
                raise BadRequest(f"line {number + 1} is not a POST to {endpoint}")
            status, body, count = self._one(endpoint, line["body"])
            inputs += count
            response = {"status_code": status, "request_id": f"req_{number}", "body": body}
            told = {"id": f"req_{number}", "custom_id": line["custom_id"], "response": response, "error": None}
            (batch.answers if status == 200 else batch.errors).append(told)
        if endpoint == "/v1/embeddings" and inputs > _MOST_OPENAI:
            raise BadRequest(f"a batch may have {_MOST_OPENAI} embedding inputs in total")
        self._shuffle(batch)
        self._files[f"{batch.id}-out"] = _lines(batch.answers)
        self._files[f"{batch.id}-errors"] = _lines(batch.errors)
        return Answered(self._openai_state(batch, now), inputs)

    def _openai_state(self, batch: _Batch, now: float) -> bytes:
        is_done = now >= batch.ready_at
        total = len(batch.answers) + len(batch.errors)
        return json.dumps(
            {
                "id": batch.id,
                "object": "batch",
                "endpoint": batch.endpoint,
                "status": "completed" if is_done else "in_progress",
                "output_file_id": f"{batch.id}-out" if is_done and batch.answers else None,
                "error_file_id": f"{batch.id}-errors" if is_done and batch.errors else None,
                "request_counts": {
                    "total": total,
                    "completed": len(batch.answers) if is_done else 0,
                    "failed": len(batch.errors) if is_done else 0,
                },
            }
        ).encode()

    # --- Anthropic --------------------------------------------------------------------------------

    def _anthropic(self, data: dict[str, Any], now: float) -> Answered:
        requests = data.get("requests")
        if not isinstance(requests, list) or not requests:
            raise BadRequest("requests: at least one is needed")
        _checked([each.get("custom_id") for each in requests], _MOST_ANTHROPIC)
        batch = self._made("msgbatch", "/v1/messages", now)
        inputs = 0
        for each in requests:
            status, body, count = self._one("/v1/messages", each["params"])
            inputs += count
            result = {"type": "succeeded", "message": body} if status == 200 else {"type": "errored", "error": body}
            batch.answers.append({"custom_id": each["custom_id"], "result": result})
        self._shuffle(batch)
        return Answered(self._anthropic_state(batch, now, {}), inputs)

    def _anthropic_state(self, batch: _Batch, now: float, headers: Mapping[str, str]) -> bytes:
        is_done = now >= batch.ready_at
        good = sum(answer["result"]["type"] == "succeeded" for answer in batch.answers)
        url = f"http://{headers.get('host', '127.0.0.1')}/v1/messages/batches/{batch.id}/results"
        return json.dumps(
            {
                "id": batch.id,
                "type": "message_batch",
                "processing_status": "ended" if is_done else "in_progress",
                "results_url": url if is_done else None,
                "request_counts": {
                    "processing": 0 if is_done else len(batch.answers),
                    "succeeded": good if is_done else 0,
                    "errored": len(batch.answers) - good if is_done else 0,
                    "canceled": 0,
                    "expired": 0,
                },
            }
        ).encode()

    # --- both -------------------------------------------------------------------------------------

    def _made(self, kind: str, endpoint: str, now: float) -> _Batch:
        name = f"{kind}_{len(self._batches) + 1}"
        batch = self._batches[name] = _Batch(name, now + self._plan.batch_seconds, endpoint)
        return batch

    def _shuffle(self, batch: _Batch) -> None:
        random = Random(f"{self._plan.seed} {batch.id}")
        random.shuffle(batch.answers)
        random.shuffle(batch.errors)


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except ValueError:
        raise BadRequest("the body is no JSON") from None
    if not isinstance(data, dict):
        raise BadRequest("the body must be a JSON object")
    return data


def _checked(names: list[Any], most: int) -> None:
    """Check the names of a batch's requests.

    Raises:
        BadRequest: There are too many, or they are no names, or not different ones.
    """
    if len(names) > most:
        raise BadRequest(f"a batch may have {most} requests")
    if len(set(names)) != len(names) or not all(isinstance(name, str) and 1 <= len(name) <= 64 for name in names):
        raise BadRequest("every custom_id must be a different text of 1 to 64 characters")


def _lines(items: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(item).encode() + b"\n" for item in items)


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """Return the parts of a form by name."""
    _, found, boundary = content_type.partition("boundary=")
    if not content_type.startswith("multipart/form-data") or not found:
        raise BadRequest("the body must be multipart/form-data")
    parts = {}
    for part in body.split(b"--" + boundary.strip('"').encode())[1:-1]:
        head, _, held = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        _, _, name = head.partition(b'name="')
        parts[name.split(b'"')[0].decode()] = held.removesuffix(b"\r\n")
    return parts
