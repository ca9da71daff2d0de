"""Questions packed into calls, as few as the caps allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dtl.ai.accounting.report import TaskCounts
from dtl.ai.provider import Ask, Caps, Target
from dtl.ai.request import Request

NOT_YET = Ask(-1, Request("predict", "", None, None), "")

# Calls that are being filled at a time: an item that does not fit in one may fit in another.
_OPEN = 3
# Tasks about one text that share a call.
_MOST_FUSED = 16


@dataclass(slots=True, eq=False)
class Shape:
    """What is known of requests that differ only in their input.

    Attributes:
        target: Where they go.
        caps: How much a call may carry.
        options: The configuration's and the call's.
        prefix: The hash that keys begin with.
        overhead: Tokens of the prompt.
        queue: Where they are packed.
        counts: What the report says of them.
        keeps: Whether answers hold beyond this run; what a store finds does not, as it changes.
        lane: By which key they are sent.
    """

    target: Target
    caps: Caps
    options: dict[str, Any]
    prefix: Any
    overhead: int
    queue: Queue
    counts: TaskCounts
    keeps: bool
    lane: Any


@dataclass(slots=True, eq=False)
class Item:
    """A question that is on its way, and who waits for its answer.

    Attributes:
        key: Its name.
        request: What the program asked.
        shape: What it shares with others.
        waiters: The tokens of those who asked.
        asked_at: When it was first asked.
        ask: The question as the provider gets it, once it is clear that it must be asked.
        size: Bytes of the input.
    """

    key: bytes
    request: Request
    shape: Shape
    waiters: list[Any]
    asked_at: float
    ask: Ask = NOT_YET
    size: int = 0


@dataclass(slots=True, eq=False)
class Pack:
    """Items that will share a call."""

    items: list[Item] = field(default_factory=list)
    tokens: int = 0
    bytes: int = 0

    def add(self, item: Item) -> None:
        """Put an item in."""
        self.items.append(item)
        self.tokens += item.ask.tokens
        self.bytes += item.size

    def takes(self, item: Item, caps: Caps) -> bool:
        """Tell whether an item fits in."""
        if len(self.items) >= caps.inputs:
            return False
        if caps.tokens is not None and self.tokens + item.ask.tokens > caps.tokens:
            return False
        return caps.bytes is None or self.bytes + item.size <= caps.bytes


class Queue:
    """The packs of one kind that are being filled.

    Args:
        caps: How much a call may carry.
        fuses: Whether items about one input share a call (and others do not).
    """

    def __init__(self, caps: Caps, fuses: bool) -> None:
        self._caps = caps
        self._fuses = fuses
        self._open: list[Pack] = []
        self._by_input: dict[Any, Pack] = {}

    @property
    def oldest(self) -> float | None:
        """Return when the first item was asked that waits here."""
        return min((pack.items[0].asked_at for pack in self._open), default=None)

    @property
    def waits(self) -> bool:
        """Tell whether packs here wait for more items than come together."""
        return self._caps.inputs > 1

    def add(self, item: Item) -> list[Pack]:
        """Put an item in; return packs that are full."""
        if self._fuses:
            return self._fuse(item)
        for pack in self._open:
            if pack.takes(item, self._caps):
                pack.add(item)
                return [self._closed(pack)] if len(pack.items) >= self._caps.inputs else []
        pack = Pack()
        pack.add(item)
        self._open.append(pack)
        if self._caps.inputs == 1:
            return [self._closed(pack)]
        if len(self._open) > _OPEN:
            return [self._closed(max(self._open[:-1], key=lambda pack: pack.tokens))]
        return []

    def close(self) -> list[Pack]:
        """Return all packs as they are."""
        packs, self._open, self._by_input = self._open, [], {}
        return packs

    def _fuse(self, item: Item) -> list[Pack]:
        text = item.request.input if type(item.request.input) is str else item.key
        pack = self._by_input.get(text)
        if pack is not None and len(pack.items) < _MOST_FUSED:
            pack.add(item)
            return []
        pack = self._by_input[text] = Pack()
        pack.add(item)
        self._open.append(pack)
        return []

    def _closed(self, pack: Pack) -> Pack:
        self._open.remove(pack)
        return pack
