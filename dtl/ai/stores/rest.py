"""What stores behind a REST API share: filling them in batches within their limits, trying again, failing by item."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.http import wire
from dtl.ai.http.sender import Sender
from dtl.ai.provider import Caps, HttpCall, HttpProvider
from dtl.ai.request import Kind
from dtl.ai.stores.store import StoreItem, VectorStore, Written, distance_of
from dtl.values.errors import FunctionError


class RestStore(VectorStore, HttpProvider):
    """A store behind HTTP. Subclasses say how calls look and what responses mean, without IO.

    Args:
        entry: The store's entry.
        base: Its address.
        headers: What each call carries.
        sleep: Waits for seconds.
    """

    #: Items and bytes of a call that puts in, ids of one that takes out, searches of one that searches.
    most_items = 1000
    most_bytes = 30 << 20
    most_ids = 1000
    most_searches = 1
    #: Bytes of one item's metadata.
    most_metadata = 30 << 20

    def __init__(
        self, entry: Entry, base: str, headers: dict[str, str], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.base = base
        self.distance = distance_of(entry)
        self.dimension = entry.get("dimension")
        self.timeout = entry.get("timeout", 60.0)
        self.headers = {"content-type": "application/json", **headers}
        self.headers.update({name.lower(): each.reveal() for name, each in entry.get("headers", {}).items()})
        self.key = wire.lane_key(self.name, base, *sorted(headers.values()))
        self.identity = f"{self.name} {base}"
        self.sender = Sender(entry.get("retries", 5) + 1, self.timeout, sleep)
        self.most_items = min(self.most_items, entry.get("batch_size", self.most_items))
        self._concurrency = entry.get("concurrency")

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how many searches one call may carry."""
        return Caps(inputs=self.most_searches, concurrency=self._concurrency)

    def call(self, method: str, path: str, data: Any = None) -> HttpCall:
        """Return a call to the store."""
        body = b"" if data is None else wire.body_of(data)
        return HttpCall(method, f"{self.base}{path}", self.headers, body, self.timeout)

    # --- what subclasses say ----------------------------------------------------------------------

    def prepare_calls(self, dimension: int) -> list[HttpCall]:
        """Return the calls that make the collection; that it is there already is no failure."""
        return []

    def problem_of(self, item: StoreItem) -> str | None:
        """Return why the store would not take an item, where that is known beforehand."""
        return None

    @abstractmethod
    def row_of(self, item: StoreItem) -> Any:
        """Return an item in the store's form."""

    @abstractmethod
    def upsert_call(self, rows: Sequence[Any]) -> HttpCall:
        """Return the call that puts rows in."""

    def read_upsert(self, data: Any, items: Sequence[StoreItem]) -> Written:
        """Return what a successful response says of the items."""
        return Written(len(items))

    @abstractmethod
    def delete_calls(self, ids: Sequence[str]) -> list[HttpCall]:
        """Return the calls that take items out."""

    @abstractmethod
    def count_call(self) -> HttpCall:
        """Return the call that counts."""

    @abstractmethod
    def read_count(self, data: Any) -> int:
        """Return the number in a response to it."""

    # --- filling ----------------------------------------------------------------------------------

    def upsert(self, items: Iterable[StoreItem]) -> Written:
        """Put items in, as many together as the store takes; an item that it refuses fails alone.

        Raises:
            FunctionError: The store cannot be reached, or refuses everything.
        """
        written = Written()
        is_prepared = False
        for batch in self._batches(items):
            self.dimension = self.dimension or len(batch[0][0].vector)
            refused = {item.id: why for item, _ in batch if (why := self._why_not(item)) is not None}
            fitting = [(item, row) for item, row in batch if item.id not in refused]
            if fitting and not is_prepared:
                self._prepare(self.dimension)
                is_prepared = True
            written += Written(0, refused) + self._put(fitting)
        return written

    def _prepare(self, dimension: int) -> None:
        for call in self.prepare_calls(dimension):
            status, _, refusal = self.sender.send(call)
            exists = refusal is not None and (status in (409, 422) or "already exists" in refusal.message)
            if refusal is not None and not exists:
                raise FunctionError(f"{self.name}: {refusal.message}")

    def _why_not(self, item: StoreItem) -> str | None:
        if self.dimension is not None and len(item.vector) != self.dimension:
            return f"its vector has {len(item.vector)} dimensions, not {self.dimension}"
        size = len(wire.body_of(dict(item.metadata)))
        if size > self.most_metadata:
            return f"its metadata has {size} bytes, more than the {self.most_metadata} allowed"
        return self.problem_of(item)

    def _batches(self, items: Iterable[StoreItem]) -> Iterator[list[tuple[StoreItem, Any]]]:
        batch: dict[str, tuple[StoreItem, Any]] = {}
        size = 0
        for item in items:
            row = self.row_of(item)
            bytes = len(wire.body_of(row)) + 1
            if batch and (len(batch) >= self.most_items or size + bytes > self.most_bytes or item.id in batch):
                yield list(batch.values())
                batch, size = {}, 0
            batch[item.id] = (item, row)
            size += bytes
        if batch:
            yield list(batch.values())

    def _put(self, batch: list[tuple[StoreItem, Any]]) -> Written:
        """Send a batch; one that is refused as such is halved until the item at fault is alone."""
        if not batch:
            return Written()
        response = self.sender.send(self.upsert_call([row for _, row in batch]))
        refusal = response.refusal
        if refusal is None:
            return self.read_upsert(response.data, [item for item, _ in batch])
        if refusal.kind not in ("invalid", "poison"):
            raise FunctionError(f"{self.name}: {refusal.message}")
        if len(batch) == 1:
            return Written(0, {batch[0][0].id: refusal.message})
        half = len(batch) // 2
        return self._put(batch[:half]) + self._put(batch[half:])

    def delete(self, ids: Iterable[str]) -> Written:
        """Take items out.

        Raises:
            FunctionError: The store cannot be reached, or refuses.
        """
        known = list(dict.fromkeys(ids))
        for at in range(0, len(known), self.most_ids):
            for call in self.delete_calls(known[at : at + self.most_ids]):
                status, _, refusal = self.sender.send(call)
                if refusal is not None and status != 404:
                    raise FunctionError(f"{self.name}: {refusal.message}")
        return Written(len(known))

    def count(self) -> int:
        """Return how many items there are.

        Raises:
            FunctionError: The store cannot be reached, or refuses.
        """
        response = self.sender.send(self.count_call())
        if response.refusal is not None:
            raise FunctionError(f"{self.name}: {response.refusal.message}")
        try:
            return self.read_count(response.data)
        except (TypeError, KeyError, ValueError) as reason:
            raise FunctionError(f"{self.name}: the response tells no count") from reason

    def close(self) -> None:
        """Close the connections."""
        self.sender.close()
