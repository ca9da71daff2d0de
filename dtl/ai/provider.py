"""What the engine wants of a provider: its caps, its wire format, its limits; nothing else.

Most providers are descriptions without IO and without state of a run: they turn asks into a call and a response into
answers. Others compute. One file per provider in `dtl/ai/providers` knows one wire format.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from dtl.ai.request import Kind, Request


@dataclass(frozen=True, slots=True)
class Caps:
    """How much one call may carry.

    Attributes:
        inputs: Most inputs of one call; 1 where every input is a call of its own.
        tokens: Most tokens of all inputs together; None for any number.
        bytes: Most bytes of all inputs together, as UTF-8; None for any number.
        input_tokens: Most tokens of one input; a longer one is refused before it is sent. None for any number.
        pace_by: What the provider's budget of requests counts.
        concurrency: Most calls at a time; None to let the pacer find out.
        fuses: Whether several prompts about one input fit in one call (chat with structured answers).
        rate: How many requests (or inputs, see `pace_by`) are allowed in how many seconds, where that is known before
            the first response.
    """

    inputs: int = 1
    tokens: int | None = None
    bytes: int | None = None
    input_tokens: int | None = None
    pace_by: Literal["requests", "inputs"] = "requests"
    concurrency: int | None = None
    fuses: bool = False
    rate: tuple[int, float] | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """List price in dollars per million tokens."""

    input: float = 0.0
    output: float = 0.0
    cached_input: float | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question on its way to a provider; equal questions of many records are one ask.

    Attributes:
        id: Unique in a run; answers are matched by it and by nothing else.
        request: The question.
        model: The provider's name of the model.
        options: The configuration's settings for the model (temperature, max_tokens, ...) and the call's own over them.
        tokens: How many tokens the input and the prompt have, estimated.
        note: Why an earlier answer was refused, to be said to the model; None the first time.
    """

    id: int
    request: Request
    model: str
    options: Mapping[str, Any] = field(default_factory=dict)
    tokens: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class HttpCall:
    """A request on the wire; `headers` holds the key and is never shown. `body` is bytes ready to send."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    timeout: float | None = None


#: Why a call or an item was refused.
#: rate_limit, overloaded, server, timeout, connection: tried again later.
#: malformed: the response makes no sense; asked again, alone if it is one item's.
#: invalid: the call as such is refused (4xx); a call of many is bisected, a single ask fails.
#: poison: an item can never be answered (filtered, too long); that ask fails at once.
#: model: there is no such model or address; what waits for it fails without being sent (never bisected).
#: quota, auth: nothing can be sent to this key any more; its asks fail without being sent.
Reason: TypeAlias = Literal[
    "rate_limit",
    "overloaded",
    "server",
    "timeout",
    "connection",
    "malformed",
    "invalid",
    "poison",
    "model",
    "quota",
    "auth",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer.

    Attributes:
        kind: What is to be done about it.
        message: The provider's words, without any secret.
        retry_after: Seconds in which nothing may be sent; None where the provider does not say.
    """

    kind: Reason
    message: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call cost, as the provider counts. None where it does not say."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a response says.

    Attributes:
        answers: By the ids of the asks that were sent, plain JSON values (or vectors); what is missing is asked again.
        refusal: Why the whole call was refused.
        refusals: By id, why single items were.
        usage: What it cost.
    """

    answers: Mapping[int, Any] = field(default_factory=dict)
    refusal: Refusal | None = None
    refusals: Mapping[int, Refusal] = field(default_factory=dict)
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Bucket:
    """A budget as response headers tell it: how much in all, how much is left, seconds until it is full again."""

    limit: int | None = None
    remaining: int | None = None
    reset: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The budgets of a key; None where the headers do not say."""

    requests: Bucket | None = None
    tokens: Bucket | None = None


class Notes(Protocol):
    """Where a provider notes what is under way at a service, so that another run can wait for it."""

    def add(self, lane: str, id: str, told: dict[str, Any]) -> None:
        """Note a batch; it outlives the process when this returns."""

    def drop(self, lane: str, id: str) -> None:
        """Forget a batch."""

    def unfinished(self, lane: str) -> list[tuple[str, dict[str, Any]]]:
        """Return batches of other runs, and what was told of each."""


class Provider:
    """Who answers: one that is called (`HttpProvider`), or one that computes (`ComputingProvider`).

    Attributes:
        name: The provider's name in configuration, messages and reports.
        key: Which budget its calls count against, as a name without secrets (a hash of address and key does).
        identity: What tells its answers from another's, for the cache: the name, and the address when it is not the
            provider's own.
        is_local: Whether it answers on this machine; it costs nothing.
    """

    name: str = ""
    key: str = ""
    identity: str = ""
    is_local: bool = False

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how much one call may carry."""
        return Caps()

    def count_tokens(self, text: str) -> int:
        """Estimate a text's tokens; never too few where a cap depends on it."""
        return len(text.encode("utf-8", "surrogateescape")) // 3 + 1

    def model_for(self, task: str, model: str) -> str:
        """Return the name of what answers a task, for reports and keys: a local provider's method, or the model."""
        return model

    @property
    def reader(self) -> HttpProvider | None:
        """Return who reads responses that were written down before anybody read them; None where there are none."""
        return None


class HttpProvider(Provider, ABC):
    """A service over HTTP, as a description without IO. Subclasses hold their address and key."""

    @abstractmethod
    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for asks of one kind and model, within the caps.

        Chat asks that come together are about one input; `dtl.ai.providers.fusion.combine` gives their common prompt.
        """

    @abstractmethod
    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response to a call of these asks says; never raises. Header names are in lower case."""

    def limits(self, headers: Mapping[str, str]) -> Limits:
        """Return the budgets that a response's headers tell."""
        return Limits()

    @property
    def reader(self) -> HttpProvider:
        """Return this provider."""
        return self


class ComputingProvider(Provider, ABC):
    """Answers by itself and may block: a local model, or a batch endpoint, which is several calls and a long wait."""

    @abstractmethod
    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer asks; called in a thread."""

    def compute_noted(self, asks: Sequence[Ask], keys: Sequence[bytes], notes: Notes | None) -> Reply:
        """Answer asks as `compute` does, and note what is under way at a service meanwhile.

        Args:
            asks: What is asked.
            keys: Of the asks, in their order; empty when nothing is to be kept.
            notes: Where it is noted; None for nowhere.
        """
        return self.compute(asks)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes.

    Attributes:
        provider: Who answers.
        model: The provider's name of the model.
        options: The configuration's settings that change answers (temperature, max_tokens, dimensions, ...).
        price: What it costs; None where unknown.
        inputs: The configuration's own cap on inputs (`batch_size`); None for the provider's.
        attempts: Most calls for one ask, the first included.
    """

    provider: Provider
    model: str
    options: Mapping[str, Any] = field(default_factory=dict)
    price: Price | None = None
    inputs: int | None = None
    attempts: int = 6

    @property
    def name(self) -> str:
        """Return the provider and its model, for messages and reports."""
        return f"{self.provider.name} {self.model}".rstrip()


class Router(Protocol):
    """Finds where a request goes: the configuration's models and stores, or the defaults."""

    def target(self, request: Request) -> Target:
        """Return where a request goes.

        Raises:
            FunctionError: No such model or store, or it cannot do this kind of request.
        """
        ...
