"""A provider and a run in simulated time, for the laws of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dtl.ai.actions import Lookup, Resume, Send, Store
from dtl.ai.engine import Engine
from dtl.ai.provider import Ask, Bucket, Caps, Limits, Price, Provider, Refusal, Reply, Target, Usage
from dtl.ai.request import Kind, Prompt, Request
from dtl.ai.run_settings import RunSettings
from dtl.values.errors import FunctionError

WORDS = [f"text {number}" for number in range(40)]
#: Inputs that the provider refuses, and calls that hold them.
POISON = {"text 7", "text 23"}
PRICE = Price(input=1.0, output=2.0)


class PlainProvider(Provider):
    """A provider that is a description only: the world answers its calls."""

    name = "plain"
    key = "a key"

    def __init__(self, caps: Caps) -> None:
        self._caps = caps

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return the caps for vectors; a prompt is a call of its own."""
        return self._caps if kind == "embed" else Caps(fuses=True)

    def count_tokens(self, text: str) -> int:
        """Return a count that tests can follow."""
        return len(text)


@dataclass
class PlainRouter:
    """Sends everything to one provider."""

    provider: Provider
    attempts: int = 4

    def target(self, request: Request) -> Target:
        """Return the one target; there is no model called `unknown`."""
        if request.model == "unknown":
            raise FunctionError('no model is called "unknown"')
        return Target(self.provider, request.model or "m", price=PRICE, attempts=self.attempts)


SCHEMA = {"type": "object", "properties": {"said": {"type": "string"}}, "required": ["said"]}


def embed(text: str) -> Request:
    """Return the request of a vector."""
    return Request("embed", "embed", None, text)


def chat(text: str, task: str = "say") -> Request:
    """Return the request of a structured answer."""
    prompt = Prompt(f"Do {task}.", SCHEMA)
    return Request("chat", task, None, text, {"max_tokens": 10}, prompt, lambda answer: answer["said"])


def right_answer(request: Request) -> Any:
    """Return what the model says, always the same to the same question."""
    if request.kind == "embed":
        return [float(len(request.input)), float(sum(map(ord, request.input)))]
    return {"said": f"{request.task}: {request.input}"}


def right_reply(asks: Sequence[Ask]) -> Reply:
    """Return the reply of a healthy provider."""
    tokens = sum(ask.tokens for ask in asks)
    said = sum(5 for ask in asks if ask.request.kind == "chat")
    return Reply({ask.id: right_answer(ask.request) for ask in asks}, usage=Usage(tokens, said))


@dataclass
class World:
    """A run of the engine, in which everything that happens is noted and looked at.

    Attributes:
        now: The time in seconds.
        blocked_until: The end of the last Retry-After.
        flying: What was sent and not answered.
        results: What each token was given.
        bought: How often each text was answered.
    """

    engine: Engine
    caps: Caps
    now: float = 100.0
    blocked_until: float = 0.0
    flying: dict[int, Send] = field(default_factory=dict)
    unsafe: list[Store] = field(default_factory=list)
    kept: dict[bytes, Any] = field(default_factory=dict)
    asked: dict[int, Request] = field(default_factory=dict)
    results: dict[int, Any] = field(default_factory=dict)
    safe: set[str] = field(default_factory=set)
    sent: int = 0
    sent_at: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, caps: Caps, settings: RunSettings | None = None, attempts: int = 4) -> World:
        """Return a world with one provider of these caps."""
        engine = Engine(PlainRouter(PlainProvider(caps), attempts), settings, random=lambda: 0.5)
        return cls(engine, caps)

    def ask(self, requests: Iterable[Request]) -> None:
        """Let records ask, each with a token of its own."""
        batch = []
        for request in requests:
            token = len(self.asked)
            self.asked[token] = request
            batch.append((token, request))
        self.engine.ask(batch, self.now)
        self.act()

    def flush(self, is_over: bool = True) -> None:
        """Let everybody wait."""
        self.engine.flush(is_over)
        self.act()

    def answer(self, id: int, reply: Reply, limits: Limits | None = None) -> None:
        """Let a call be answered."""
        self.flying.pop(id)
        if reply.refusal is not None and reply.refusal.kind == "rate_limit" and reply.refusal.retry_after:
            self.blocked_until = max(self.blocked_until, self.now + reply.refusal.retry_after)
        self.engine.answered(id, reply, limits or Limits(), self.now)
        self.act()

    def store(self) -> None:
        """Let the journal be written."""
        stores, self.unsafe = self.unsafe, []
        for store in stores:
            self.kept.update((entry.key, entry.answer) for entry in store.entries)
            self.engine.stored(store.id)
        self.act()

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.engine.tick(self.now)
        self.act()

    def act(self) -> None:
        """Do what the engine wants."""
        while actions := self.engine.actions(self.now):
            for action in actions:
                match action:
                    case Lookup():
                        found: Mapping[bytes, Any] = {key: self.kept[key] for key in action.keys if key in self.kept}
                        self.engine.looked_up(action.keys, found)
                    case Send():
                        self._note_sent(action)
                    case Store():
                        self.unsafe.append(action)
                    case Resume():
                        for token, result in action.results:
                            assert token not in self.results, "nobody is answered twice"
                            self.results[token] = result

    def _note_sent(self, send: Send) -> None:
        assert self.now >= self.blocked_until, "nothing is sent before Retry-After is over"
        assert send.asks, "no call is empty"
        kinds = {(ask.request.kind, ask.model) for ask in send.asks}
        assert len(kinds) == 1, "a call is of one kind and model"
        if send.asks[0].request.kind == "embed":
            assert len(send.asks) <= self.caps.inputs
            if self.caps.tokens is not None:
                assert sum(ask.tokens for ask in send.asks) <= max(self.caps.tokens, send.asks[0].tokens)
        else:
            assert len({ask.request.input for ask in send.asks}) == 1, "fused tasks are about one text"
        self.sent += 1
        self.sent_at[send.id] = self.now
        self.flying[send.id] = send

    def finish(self) -> None:
        """Come to the end with a healthy provider that still refuses poison."""
        for _ in range(10_000):
            self.flush()
            self.store()
            if self.flying:
                for id in list(self.flying):
                    self.answer(id, judged(self.flying[id].asks))
                continue
            if self.engine.is_idle and not self.unsafe:
                return
            at = self.engine.wake_at(self.now)
            assert at is not None, "somebody waits, and nothing will ever happen"
            self.pass_time(max(0.001, at - self.now))
        raise AssertionError("it does not come to an end")

    def check_results(self, may_fail: bool) -> None:
        """Check that everybody was given the right answer, or (for poison, or if it may be) an error."""
        assert self.results.keys() == self.asked.keys()
        for token, request in self.asked.items():
            result = self.results[token]
            if isinstance(result, FunctionError):
                assert may_fail or request.input in POISON or request.model == "unknown", result.message
            else:
                assert result == right_answer(request)
                assert request.kind != "embed" or request.input not in POISON


def judged(asks: Sequence[Ask]) -> Reply:
    """Return the reply of a provider that refuses a call of vectors for a poisoned input in it."""
    if asks[0].request.kind == "embed" and any(ask.request.input in POISON for ask in asks):
        return Reply(refusal=Refusal("invalid", "an input cannot be read"))
    return right_reply(asks)


def told(limit: int, remaining: int, reset: float) -> Limits:
    """Return limits as headers tell them."""
    return Limits(requests=Bucket(limit, remaining, reset))
