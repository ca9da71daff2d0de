"""Requests sorted by what they have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dtl.ai.accounting.budget import UNBOUNDED_ANSWER
from dtl.ai.accounting.report import Report
from dtl.ai.cache.key import prefix_of, shape_of, to_json
from dtl.ai.calls.lane import Lane
from dtl.ai.calls.pacer import Pacer
from dtl.ai.calls.packer import Queue, Shape
from dtl.ai.provider import Ask, Caps, Router, Target
from dtl.ai.request import Request
from dtl.values.errors import FunctionError


class Shapes:
    """The shapes of a run's requests, their queues and lanes.

    Args:
        router: Finds where requests go.
        report: Counts what becomes of them.
        fuses: Whether tasks about one text may share a call.
    """

    def __init__(self, router: Router, report: Report, fuses: bool) -> None:
        self._router = router
        self._report = report
        self._fuses = fuses
        self._shapes: dict[Any, Shape | str] = {}
        self._queues: dict[Any, Queue] = {}
        self.lanes: dict[str, Lane] = {}

    @property
    def queues(self) -> list[Queue]:
        """Return all queues."""
        return list(self._queues.values())

    def of(self, request: Request) -> Shape | str:
        """Return the shape of a request, or why it can be asked of nobody."""
        if request.prompt is None and not request.options:
            # The common form of a question without a prompt is told without writing it down.
            name: Any = (request.kind, request.task, request.model)
        else:
            name = shape_of(request)
        shape = self._shapes.get(name)
        if shape is None:
            try:
                shape = self._made(request)
            except FunctionError as reason:
                shape = reason.message
            self._shapes[name] = shape
        return shape

    def _lane(self, target: Target, caps: Caps) -> Lane:
        provider = target.provider
        name = f"{provider.key or provider.name}\n{provider.is_local}"
        lane = self.lanes.get(name)
        if lane is None:
            most = 1 if provider.is_local and caps.concurrency is None else caps.concurrency
            lane = self.lanes[name] = Lane(Pacer(most, caps.rate))
        return lane

    def _made(self, request: Request) -> Shape:
        target = self._router.target(request)
        provider = target.provider
        caps = provider.caps(request.kind, target.model)
        if target.inputs is not None:
            caps = replace(caps, inputs=max(1, min(caps.inputs, target.inputs)))
        options = {**target.options, **request.options}
        prompt = request.prompt
        overhead = 0
        if prompt is not None:
            schema = "" if prompt.schema is None else to_json(prompt.schema).decode("utf-8", "replace")
            overhead = provider.count_tokens(prompt.instructions + schema) + 16
        fuses = self._fuses and caps.fuses and request.kind == "chat" and prompt is not None and prompt.fuses
        return Shape(
            target,
            caps,
            options,
            prefix_of(request, target, options),
            overhead,
            self._queue(request, target, caps, options, fuses),
            self._report.task(request.task, target.name),
            request.kind != "search",
            self._lane(target, caps),
        )

    def _queue(self, request: Request, target: Target, caps: Caps, options: dict[str, Any], fuses: bool) -> Queue:
        """Return the queue of a shape, shared with the shapes whose items may share a call with its own."""
        kept = {name: value for name, value in options.items() if not (fuses and name == "max_tokens")}
        common: tuple[Any, ...] = (id(target.provider), target.model, request.kind, fuses, to_json(kept), repr(caps))
        if not fuses:
            common += (shape_of(request),)
        return self._queues.setdefault(common, Queue(caps, fuses))


def answer_bound(ask: Ask) -> int:
    """Return the most tokens that an answer may have."""
    if ask.request.kind != "chat":
        return 0
    most = ask.options.get("max_tokens")
    return most if isinstance(most, int) else UNBOUNDED_ANSWER


def size_of(asked: Any) -> int:
    """Return the bytes of an input on the wire, about."""
    if isinstance(asked, str):
        return len(asked) if asked.isascii() else len(asked.encode("utf-8", "surrogateescape"))
    if isinstance(asked, bytes):
        return len(asked)
    return len(to_json(asked))
