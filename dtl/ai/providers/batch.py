"""Batch endpoints of OpenAI and Anthropic: half the price, an answer within a day.

A batch is several calls and a long wait, so `compute` does it as a whole, in a thread. What comes back is matched by
`custom_id`; what does not come back is asked again by the engine.
"""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import orjson

from dtl.ai.cache.description import describe, restored
from dtl.ai.config.entries import Entry
from dtl.ai.http import wire
from dtl.ai.http.sender import Sender, Sent
from dtl.ai.provider import Ask, Caps, ComputingProvider, HttpCall, HttpProvider, Notes, Refusal, Reply, Usage
from dtl.ai.providers.anthropic import Anthropic, read_message
from dtl.ai.providers.openai import OpenAI
from dtl.ai.request import Kind

#: Seconds between two looks at a batch: from the first to the longest.
_FIRST_LOOK = 0.1
_LONGEST = 60.0
#: Inputs of one line of an embeddings batch.
_LINE_INPUTS = 512
_LINE_TOKENS = 250_000
_ENDED = ("completed", "failed", "expired", "cancelled")


class Batch(ComputingProvider):
    """A provider whose asks go through a batch endpoint.

    Args:
        entry: The model's entry.
        inner: Knows the wire format of single calls.
        sleep: Waits for seconds.
    """

    #: Lines of a batch.
    most = 50_000

    def __init__(self, entry: Entry, inner: HttpProvider, sleep: Callable[[float], None] = time.sleep) -> None:
        self.inner = inner
        self.name = inner.name
        self.key = f"{inner.key} batch"
        self.identity = inner.identity
        self.sender = Sender(entry.get("retries", 5) + 1, entry.get("timeout", 120.0), sleep)
        self._sleep = sleep

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how much one batch may carry: asks of any number share it, but no prompt."""
        each = self.inner.caps(kind, model)
        return Caps(self.most, None, 90 << 20, each.input_tokens, concurrency=2)

    def count_tokens(self, text: str) -> int:
        """Estimate a text's tokens."""
        return self.inner.count_tokens(text)

    @property
    def reader(self) -> HttpProvider:
        """Return who reads what single calls were answered: a batch asks the same questions."""
        return self.inner

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Send a batch, wait for its end, and read what came of it."""
        return self.compute_noted(asks, (), None)

    def compute_noted(self, asks: Sequence[Ask], keys: Sequence[bytes], notes: Notes | None) -> Reply:
        """Send a batch, wait for its end, and read what came of it; first of batches that another run has sent.

        Args:
            asks: What is asked.
            keys: Of the asks, in their order; empty when nothing is to be kept.
            notes: Where batches are noted while they are under way.
        """
        left = dict(zip(keys, asks, strict=True)) if notes is not None and keys else {}
        replies: list[Reply] = []
        try:
            if left and notes is not None:
                replies += self._resumed(left, notes)
                asks = list(left.values())
            if asks:
                replies += self._sent(asks, list(left), notes)
        except _Refused as reason:
            if not replies:
                return Reply(refusal=reason.refusal)
        answers: dict[int, Any] = {}
        refusals: dict[int, Refusal] = {}
        usages = [reply.usage for reply in replies]
        for reply in replies:
            answers.update(reply.answers)
            refusals.update(reply.refusals)
        usage = Usage(*(_sum([getattr(each, name) for each in usages]) for name in Usage.__slots__))
        return Reply(answers, None, refusals, usage)

    def _sent(self, asks: Sequence[Ask], keys: list[bytes], notes: Notes | None) -> list[Reply]:
        """Send a batch and wait for it."""
        groups = list(self._groups(asks))
        id = self._made(groups)
        if notes is not None and keys:
            notes.add(self.key, id, {**describe(keys, asks), "groups": [len(group) for group in groups]})
        return list(self._results(id, groups))

    def _resumed(self, left: dict[bytes, Ask], notes: Notes) -> list[Reply]:
        """Wait for batches of other runs that hold some of these asks; what they answer is taken from `left`."""
        replies = []
        for id, told in notes.unfinished(self.key):
            try:
                noted = restored(told)
                sizes = iter(told["groups"])
            except (ValueError, LookupError, TypeError):
                continue
            if not any(key in left for key, _ in noted):
                continue
            # Asks of the batch that nobody asks now have ids that nobody has.
            asks = [left.get(key, replace(ask, id=-1 - ask.id)) for key, ask in noted]
            groups = []
            while asks and (size := next(sizes, len(asks))):
                groups.append(asks[:size])
                asks = asks[size:]
            try:
                found = list(self._results(id, groups))
            except _Refused as reason:
                if reason.refusal.kind in ("invalid", "model", "malformed"):  # it came to nothing, or is there no more
                    notes.drop(self.key, id)
                    continue
                raise
            for reply in found:
                for key in [key for key, ask in left.items() if ask.id in reply.answers or ask.id in reply.refusals]:
                    del left[key]
                # It was paid for by the run that sent it.
                replies.append(Reply(reply.answers, None, reply.refusals, Usage(0, 0, 0)))
        return replies

    def _groups(self, asks: Sequence[Ask]) -> Iterator[list[Ask]]:
        """Yield the asks of each line: many texts to embed, or one prompt."""
        group: list[Ask] = []
        tokens = 0
        for ask in asks:
            size = max(ask.tokens, 1)
            many = ask.request.kind == "embed" and len(group) < _LINE_INPUTS and tokens + size <= _LINE_TOKENS
            if group and not many:
                yield group
                group, tokens = [], 0
            group.append(ask)
            tokens += size
        if group:
            yield group

    @abstractmethod
    def _made(self, groups: list[list[Ask]]) -> str:
        """Send a batch; return the service's name for it."""

    @abstractmethod
    def _results(self, id: str, groups: list[list[Ask]]) -> Iterator[Reply]:
        """Wait for a batch, and read what came of it."""

    def _send(self, call: HttpCall) -> Sent:
        response = self.sender.send(call)
        if response.refusal is not None:
            raise _Refused(response.refusal)
        return response

    def _waited(self, look: HttpCall, is_over: Callable[[Any], bool]) -> Any:
        """Look at a batch until it is over."""
        pause = _FIRST_LOOK
        while True:
            data = self._send(look).data
            if not isinstance(data, Mapping):
                raise _Refused(Refusal("malformed", "the state of the batch is no JSON object"))
            if is_over(data):
                return data
            self._sleep(pause)
            pause = min(_LONGEST, pause * 1.5)


class OpenAIBatch(Batch):
    """OpenAI's: a file of lines goes up, a batch is made of it, files of answers and of errors come down."""

    inner: OpenAI

    def _made(self, groups: list[list[Ask]]) -> str:
        calls = [self.inner.pack(group) for group in groups]
        endpoint = calls[0].url.removeprefix(self.inner.base)
        lines = []
        for index, call in enumerate(calls):
            head = {"custom_id": f"ask-{index}", "method": "POST", "url": f"/v1{endpoint}"}
            lines.append(orjson.dumps({**head, "body": orjson.Fragment(call.body)}))
        file = self._upload(b"\n".join(lines) + b"\n", calls[0])
        body = {"input_file_id": file, "endpoint": f"/v1{endpoint}", "completion_window": "24h"}
        made = self._send(HttpCall("POST", f"{self.inner.base}/batches", calls[0].headers, wire.body_of(body))).data
        id = made.get("id") if isinstance(made, Mapping) else None
        if not isinstance(id, str):
            raise _Refused(Refusal("malformed", "the response names no batch"))
        return id

    def _results(self, id: str, groups: list[list[Ask]]) -> Iterator[Reply]:
        look = HttpCall("GET", f"{self.inner.base}/batches/{id}", self.inner.headers)
        state = self._waited(look, lambda data: data.get("status") in _ENDED)
        if state.get("status") == "failed":
            errors = (state.get("errors") or {}).get("data") or [{}]
            raise _Refused(Refusal("invalid", wire.told(str(errors[0].get("message") or "the batch has failed"))))
        for name in ("output_file_id", "error_file_id"):
            if isinstance(state.get(name), str):
                content = HttpCall("GET", f"{self.inner.base}/files/{state[name]}/content", self.inner.headers)
                yield from self._lines(self._send(content).body, groups)

    def _upload(self, data: bytes, like: HttpCall) -> str:
        border = uuid4().hex
        parts = (
            f'--{border}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n'
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="batch.jsonl"\r\n'
            "Content-Type: application/jsonl\r\n\r\n"
        )
        body = parts.encode() + data + f"\r\n--{border}--\r\n".encode()
        headers = {**like.headers, "content-type": f"multipart/form-data; boundary={border}"}
        found = self._send(HttpCall("POST", f"{self.inner.base}/files", headers, body, 600.0)).data
        if not isinstance(found, Mapping) or not isinstance(found.get("id"), str):
            raise _Refused(Refusal("malformed", "the response names no file"))
        return str(found["id"])

    def _lines(self, body: bytes, groups: list[list[Ask]]) -> Iterator[Reply]:
        for data, group in _matched(body, groups):
            response = data.get("response")
            if isinstance(response, Mapping):
                status = response.get("status_code", 0)
                reply = self.inner.read(status, {}, orjson.dumps(response.get("body")), group)
                yield _by_item(reply, group)


class AnthropicBatch(Batch):
    """Anthropic's: the requests go up together, the results come down as lines."""

    inner: Anthropic
    most = 100_000

    def _made(self, groups: list[list[Ask]]) -> str:
        base, headers = f"{self.inner.base}/v1/messages/batches", self.inner.headers
        requests = [{"custom_id": f"ask-{at}", "params": self.inner.body(group)} for at, group in enumerate(groups)]
        made = self._send(HttpCall("POST", base, headers, wire.body_of({"requests": requests}), 600.0)).data
        id = made.get("id") if isinstance(made, Mapping) else None
        if not isinstance(id, str):
            raise _Refused(Refusal("malformed", "the response names no batch"))
        return id

    def _results(self, id: str, groups: list[list[Ask]]) -> Iterator[Reply]:
        base, headers = f"{self.inner.base}/v1/messages/batches", self.inner.headers
        self._waited(HttpCall("GET", f"{base}/{id}", headers), lambda data: data.get("processing_status") == "ended")
        # The address of the results is known: the one that the response tells could lead the key elsewhere.
        body = self._send(HttpCall("GET", f"{base}/{id}/results", headers, timeout=600.0)).body
        for data, group in _matched(body, groups):
            result = data.get("result")
            if not isinstance(result, Mapping):
                continue
            if result.get("type") == "succeeded" and isinstance(result.get("message"), Mapping):
                yield read_message(result["message"], group)
            elif result.get("type") == "errored":
                error = result.get("error")
                message = wire.told(wire.message_of(error, b""))
                inner = error.get("error", error) if isinstance(error, Mapping) else {}
                if isinstance(inner, Mapping) and inner.get("type") == "invalid_request_error":
                    yield Reply(refusals={ask.id: Refusal("poison", message) for ask in group})


class _Refused(Exception):
    """A call of the batch was refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def _matched(body: bytes, groups: list[list[Ask]]) -> Iterator[tuple[Mapping[str, Any], list[Ask]]]:
    """Yield the lines that answer a group, each group once; others are passed over."""
    left = {f"ask-{index}": group for index, group in enumerate(groups)}
    for line in body.splitlines():
        data = wire.json_of(line)
        if isinstance(data, Mapping) and (group := left.pop(str(data.get("custom_id")), None)) is not None:
            yield data, group


def _by_item(reply: Reply, group: list[Ask]) -> Reply:
    """Turn the refusal of a line into refusals of its asks; what may be tried again is left out, and so asked again."""
    if reply.refusal is None or reply.refusal.kind not in ("invalid", "poison"):
        return Reply(reply.answers, None, reply.refusals, reply.usage)
    return Reply(refusals={ask.id: Refusal("poison", reply.refusal.message) for ask in group})


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
