"""What the server answers to a request, without IO."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

import orjson

from tests.support.model_server import answers
from tests.support.model_server.batches import Batches
from tests.support.model_server.budgets import Budgets
from tests.support.model_server.faults import Faults
from tests.support.model_server.plan import Plan
from tests.support.model_server.wires.anthropic import Anthropic
from tests.support.model_server.wires.cohere import Cohere
from tests.support.model_server.wires.ollama import Ollama
from tests.support.model_server.wires.openai import OpenAI, azure_model, azure_path
from tests.support.model_server.wires.wire import Asked, BadRequest, Said, Wire

_OPENAI, _ANTHROPIC = OpenAI(), Anthropic()
_WIRES = {path: wire for wire in (_OPENAI, _ANTHROPIC, Cohere(), Ollama()) for path in wire.paths}
_BUSY = {"server": 500, "rate_limit": 429}


@dataclass
class Response:
    """What goes back.

    Attributes:
        status: 0 when nothing goes back.
        body: Of the answer.
        headers: Besides the usual ones.
        delay: Seconds from the request's arrival.
        ending: "whole", "reset" (nothing is sent, the connection breaks), "cut" (half is sent, it breaks) or "hang".
        entry: The line of the ledger.
    """

    status: int
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)
    delay: float = 0.0
    ending: Literal["whole", "reset", "cut", "hang"] = "whole"
    entry: dict[str, Any] = field(default_factory=dict)


class Service:
    """The state of a server.

    Args:
        plan: How it behaves.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._faults = Faults(plan)
        self._budgets: dict[str, Budgets] = {}
        self._accepted = 0
        self.batches = Batches(plan, self._one)

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes, now: float) -> Response:
        """Answer a request.

        Args:
            method: In capitals.
            path: Without the query.
            headers: Names in lower case.
            body: As it came.
            now: Seconds on the monotonic clock.
        """
        asked_path = azure_path(path) or path
        wire = _WIRES.get(asked_path)
        if wire is None and self.batches.knows(path):
            return self._batch(method, path, headers, body, now)
        if wire is None or method != "POST":
            return _json(404, _OPENAI.refusal(404, f"no such address: {method} {path}"), path=path, key="", inputs=0)
        key = wire.key(headers)
        entry = {"path": path, "key": answers.mark_of(key or ""), "inputs": 0}
        if key is None or (self._plan.keys and key not in self._plan.keys and key != "local"):
            return _json(401, wire.refusal(401, "no such key"), **entry)
        fault, random = self._faults.of(body, wire.paths[asked_path])
        try:
            asked, tokens = self._asked(wire, asked_path, path, body)
        except BadRequest as reason:
            return _json(reason.status, wire.refusal(reason.status, str(reason)), **entry)
        entry |= {"kind": asked.kind, "model": asked.model, "inputs": len(asked.inputs), "tokens": sum(tokens)}
        if self._plan.lists_inputs:
            entry["marks"] = [answers.mark_of(text) for text in asked.inputs]
        refused = self._refused(wire, key, asked, sum(tokens), fault, entry, now)
        if refused is not None:
            return refused
        return self._answered(wire, asked_path, key, asked, tokens, fault, random, entry, now)

    def _asked(self, wire: Wire, path: str, real_path: str, body: bytes) -> tuple[Asked, list[int]]:
        try:
            data = orjson.loads(body)
        except ValueError:
            raise BadRequest("the body is no JSON") from None
        if isinstance(data, dict) and path != real_path:
            data.setdefault("model", azure_model(real_path))
        asked = wire.ask(path, data)
        tokens = [self._tokens(text) for text in asked.inputs]
        wire.check(asked, tokens)
        return asked, tokens

    def _tokens(self, text: str) -> int:
        size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        return math.ceil(size / self._plan.bytes_per_token)

    # --- refusals ---------------------------------------------------------------------------------

    def _refused(
        self, wire: Wire, key: str, asked: Asked, tokens: int, fault: str | None, entry: dict[str, Any], now: float
    ) -> Response | None:
        """Return why a request is not served, or None; what is served is counted."""
        plan = self._plan
        if fault in ("reset", "timeout"):
            ending: Literal["reset", "hang"] = "reset" if fault == "reset" else "hang"
            delay = plan.latency if fault == "reset" else plan.hang
            return Response(0, delay=delay, ending=ending, entry={**entry, "status": 0, "fault": fault})
        if plan.insufficient_quota is not None and self._accepted >= plan.insufficient_quota:
            told = wire.refusal(429, "You exceeded your current quota", "insufficient_quota")
            return _json(429, told, fault="insufficient_quota", **entry)
        budgets = self._budgets_of(key)
        wait = self._retry_after(1.0) if fault == "rate_limit" else 0.0
        if not wait:
            wait = budgets.take({"requests": 1, "tokens": tokens, "inputs": len(asked.inputs)}, now)
            wait = self._retry_after(wait) if wait > 0 else 0.0
        if wait:
            response = _json(429, wire.refusal(429, "Rate limit reached"), retry_after=wait, fault=fault, **entry)
            response.headers = [("retry-after", f"{wait:g}"), *self._told(wire, budgets, entry, now)]
            return response
        if fault == "server" or self._has(plan.cursed, asked):
            return _json(500, wire.refusal(500, "The server had an error"), fault=fault or "cursed", **entry)
        if fault == "overloaded":
            return _json(wire.busy_status, wire.refusal(wire.busy_status, "Overloaded"), fault=fault, **entry)
        if self._has(plan.poison, asked):
            return _json(400, wire.refusal(400, "An input was refused by the content filter"), fault="poison", **entry)
        return None

    def _retry_after(self, wait: float) -> float:
        return self._plan.retry_after if self._plan.retry_after is not None else math.ceil(wait)

    def _has(self, mark: str | None, asked: Asked) -> bool:
        return mark is not None and any(mark in text for text in asked.inputs)

    def _budgets_of(self, key: str) -> Budgets:
        plan = self._plan
        found = self._budgets.get(key)
        if found is None:
            limits = {"requests": plan.requests, "tokens": plan.tokens, "inputs": plan.inputs}
            found = self._budgets[key] = Budgets(plan.budget, plan.seconds, limits)
        return found

    def _told(self, wire: Wire, budgets: Budgets, entry: dict[str, Any], now: float) -> list[tuple[str, str]]:
        if not self._plan.tells:
            return []
        headers = wire.headers(budgets.states(now), time.time())
        entry["told"] = bool(headers)
        return headers

    # --- answers ----------------------------------------------------------------------------------

    def _answered(
        self,
        wire: Wire,
        path: str,
        key: str,
        asked: Asked,
        tokens: list[int],
        fault: str | None,
        random: Random,
        entry: dict[str, Any],
        now: float,
    ) -> Response:
        self._accepted += 1
        headers = self._told(wire, self._budgets_of(key), entry, now)
        if asked.kind == "embed":
            body, fault = self._vectors(wire, asked, sum(tokens), fault, random)
        else:
            body, fault = self._said(wire, path, asked, sum(tokens), fault, random)
        if fault == "truncated":
            body = body[: len(body) * 2 // 3]
        elif fault == "html":
            body = b"<html><body>Bad gateway</body></html>"
        response = Response(200, body, headers, self._plan.latency + self._plan.per_input * len(asked.inputs))
        response.ending = "cut" if fault == "cut" else "whole"
        response.entry = {**entry, "status": 0 if fault == "cut" else 200, "fault": fault}
        return response

    def _vectors(
        self, wire: Wire, asked: Asked, tokens: int, fault: str | None, random: Random
    ) -> tuple[bytes, str | None]:
        """Return the body with vectors, and the fault that is in it."""
        dimensions = asked.dimensions or self._plan.dimensions
        made = answers.vector_base64 if asked.form == "base64" else answers.vector_json
        items = [(index, made(asked.model, text, dimensions)) for index, text in enumerate(asked.inputs)]
        chosen = random.randrange(len(items))
        stray = made(asked.model, f"stray {random.random()}", dimensions)
        match fault:
            case "shuffled" if wire.is_indexed and len(items) > 1:
                random.shuffle(items)
            case "missing":
                del items[chosen]
            case "foreign" if wire.is_indexed:
                items[chosen] = (len(items) + random.randrange(5), items[chosen][1])
            case "extra":
                items.append((len(items), stray))
            case "doubled" if wire.is_indexed:
                items.insert(random.randrange(len(items) + 1), (chosen, stray))
            case "shuffled" | "foreign" | "doubled":
                fault = None
        mute = self._plan.mute
        if mute is not None:
            items = [
                (index, vector)
                for index, vector in items
                if index >= len(asked.inputs) or mute not in asked.inputs[index]
            ]
        return wire.vectors(asked, items, tokens).encode(), fault

    def _said(
        self, wire: Wire, path: str, asked: Asked, tokens: int, fault: str | None, random: Random
    ) -> tuple[bytes, str | None]:
        """Return the body of a chat's answer, and the fault that is in it."""
        text = asked.inputs[0]
        answer = answers.answer_to(asked.model, asked.instructions, asked.schema, text)
        stop = "end"
        if asked.schema is None and fault in ("wrong_schema", "prose", "too_long"):
            fault = None  # a plain text can be anything, and one that is cut off is taken as it is
        if asked.schema is not None and self._has(self._plan.silly, asked):
            fault = "wrong_schema"
        if fault == "wrong_schema":
            answer = _against(answer, random)
        said = answer if isinstance(answer, str) else orjson.dumps(answer).decode()
        match fault:
            case "prose":
                said = f"Sure! The answer is {random.random()}, I would say."
            case "refused":
                said, stop = "I cannot help with that.", "refusal"
            case "too_long":
                said, stop = said[: len(said) // 2], "length"
        instructed = self._tokens(asked.instructions) if asked.instructions else 0
        body = wire.said(path, asked, Said(said, stop, tokens + instructed, self._tokens(said)))
        return orjson.dumps(body), fault

    # --- batches ----------------------------------------------------------------------------------

    def _one(self, path: str, body: Mapping[str, Any]) -> tuple[int, Any, int]:
        """Answer a request of a batch: status, body, inputs."""
        raw = json.dumps(body, sort_keys=True).encode()
        wire = _WIRES[path]
        fault, random = self._faults.of(raw, wire.paths[path])
        try:
            asked, tokens = self._asked(wire, path, path, raw)
        except BadRequest as reason:
            return reason.status, wire.refusal(reason.status, str(reason)), 0
        if fault in ("server", "overloaded", "timeout", "reset", "rate_limit") or self._has(self._plan.cursed, asked):
            return 500, wire.refusal(500, "The server had an error"), len(asked.inputs)
        if self._has(self._plan.poison, asked):
            return 400, wire.refusal(400, "An input was refused by the content filter"), len(asked.inputs)
        if asked.kind == "embed":
            made, _ = self._vectors(wire, asked, sum(tokens), fault, random)
        else:
            made, _ = self._said(wire, path, asked, sum(tokens), fault, random)
        return 200, json.loads(made), len(asked.inputs)

    def _batch(self, method: str, path: str, headers: Mapping[str, str], body: bytes, now: float) -> Response:
        wire = _ANTHROPIC if path.startswith("/v1/messages") else _OPENAI
        key = wire.key(headers)
        entry: dict[str, Any] = {"path": path, "method": method, "key": answers.mark_of(key or ""), "inputs": 0}
        if key is None:
            return _json(401, wire.refusal(401, "no such key"), **entry)
        try:
            answered = self.batches.answer(method, path, headers, body, now)
        except BadRequest as reason:
            return _json(reason.status, wire.refusal(reason.status, str(reason)), **entry)
        entry |= {"status": 200, "fault": None, "inputs": answered.inputs}
        return Response(200, answered.body, delay=self._plan.latency, entry=entry)


def _against(answer: Any, random: Random) -> Any:
    """Return an answer that does not follow the schema of a given one."""
    if not isinstance(answer, dict) or not answer:
        return {"unexpected": answer}
    name = random.choice(sorted(answer))
    return {**answer, name: {"not": "what was asked"}} if random.random() < 0.5 else {**answer, f"{name}_": 1}


def _json(status: int, body: Any, fault: str | None = None, **entry: Any) -> Response:
    return Response(status, orjson.dumps(body), entry={**entry, "status": status, "fault": fault})
