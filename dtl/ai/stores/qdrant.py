"""The store `qdrant`, by its REST API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from dtl.ai.config.entries import Entry
from dtl.ai.http import wire
from dtl.ai.provider import Ask, HttpCall, Refusal, Reply
from dtl.ai.stores.rest import RestStore
from dtl.ai.stores.store import StoreItem, search_options

_NAMES = {"cosine": "Cosine", "dot": "Dot", "euclidean": "Euclid"}
#: Qdrant takes whole numbers and UUIDs as ids: others are kept beside, under this name.
ID = "dtl_id"
_TEXT = "text"
_SPACE = UUID("6f7c1e3e-9d3b-5a52-8c47-2f6d0f0a51d7")


def point_id(id: str) -> int | str:
    """Return an id as Qdrant takes it: a whole number, a UUID, or the UUID that is made of any other text."""
    if id.isascii() and id.isdecimal() and (id == "0" or id[0] != "0") and int(id) < 2**64:
        return int(id)
    try:
        return str(UUID(id)) if len(id) == 36 else str(uuid5(_SPACE, id))
    except ValueError:
        return str(uuid5(_SPACE, id))


class Qdrant(RestStore):
    """A collection of Qdrant."""

    name = "qdrant"
    most_searches = 100

    def __init__(self, entry: Entry) -> None:
        key = entry.secret()
        super().__init__(entry, entry.need("url"), {"api-key": key} if key else {})
        self.collection = quote(entry.need("collection"), safe="")
        self.vector = entry.get("vector")
        self.identity += f" {self.collection}"

    # --- searching --------------------------------------------------------------------------------

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for searches."""
        searches = [self._search(ask) for ask in asks]
        return self.call("POST", f"/collections/{self.collection}/points/query/batch", {"searches": searches})

    def _search(self, ask: Ask) -> dict[str, Any]:
        top, threshold, wanted = search_options(ask)
        search: dict[str, Any] = {"query": ask.request.input, "limit": top, "with_payload": True, "with_vector": True}
        if self.vector:
            search["using"] = self.vector
        if threshold is not None and self.distance != "euclidean":
            search["score_threshold"] = threshold
        if wanted:
            search["filter"] = {"must": [_condition(name, value) for name, value in sorted(wanted.items())]}
        return search

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says: a list of points for each search, in order; as many lists as searches."""
        data = wire.json_of(body)
        if status != 200:
            return Reply(refusal=wire.refusal(status, headers, wire.message_of(data, body)))
        results = data.get("result") if isinstance(data, Mapping) else None
        if not isinstance(results, list) or len(results) != len(asks):
            return Reply(refusal=Refusal("malformed", "the response has another number of results than searches"))
        answers = {}
        for ask, result in zip(asks, results, strict=True):
            points = result.get("points") if isinstance(result, Mapping) else result
            if isinstance(points, list) and all(isinstance(point, Mapping) and "score" in point for point in points):
                answers[ask.id] = self._matches(points, search_options(ask)[1])
        return Reply(answers)

    def _matches(self, points: list[Any], threshold: float | None) -> list[dict[str, Any]]:
        found = []
        for point in points:
            payload = dict(point.get("payload") or {})
            vector = point.get("vector")
            if isinstance(vector, Mapping):
                vector = vector.get(self.vector) if self.vector else next(iter(vector.values()), None)
            score = float(point["score"])
            if self.distance == "euclidean":
                score = 1 / (1 + score)
            match = {"id": str(payload.pop(ID, point.get("id"))), "score": score, "embedding": vector or []}
            if isinstance(payload.get(_TEXT), str):
                match["text"] = payload.pop(_TEXT)
            if threshold is None or score >= threshold:
                found.append({**match, "metadata": payload})
        return found

    # --- filling ----------------------------------------------------------------------------------

    def prepare_calls(self, dimension: int) -> list[HttpCall]:
        """Return the call that makes the collection."""
        vectors: dict[str, Any] = {"size": dimension, "distance": _NAMES[self.distance]}
        if self.vector:
            vectors = {self.vector: vectors}
        return [self.call("PUT", f"/collections/{self.collection}", {"vectors": vectors})]

    def row_of(self, item: StoreItem) -> Any:
        """Return a point."""
        payload = dict(item.metadata)
        id = point_id(item.id)
        if str(id) != item.id:
            payload[ID] = item.id
        if item.text is not None:
            payload[_TEXT] = item.text
        vector = list(item.vector)
        return {"id": id, "vector": {self.vector: vector} if self.vector else vector, "payload": payload}

    def upsert_call(self, rows: Sequence[Any]) -> HttpCall:
        """Return the call that puts points in and waits until they can be found."""
        return self.call("PUT", f"/collections/{self.collection}/points?wait=true", {"points": list(rows)})

    def delete_calls(self, ids: Sequence[str]) -> list[HttpCall]:
        """Return the call that takes points out."""
        points = [point_id(id) for id in ids]
        return [self.call("POST", f"/collections/{self.collection}/points/delete?wait=true", {"points": points})]

    def count_call(self) -> HttpCall:
        """Return the call that counts points."""
        return self.call("POST", f"/collections/{self.collection}/points/count", {"exact": True})

    def read_count(self, data: Any) -> int:
        """Return the number of points."""
        return int(data["result"]["count"])


def _condition(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {"key": name, "match": {"any": value}}
    if isinstance(value, float):
        return {"key": name, "range": {"gte": value, "lte": value}}
    return {"key": name, "match": {"value": value}}


def make(entry: Entry, warn: Callable[[str], None]) -> Qdrant:
    """Return the store of an entry."""
    return Qdrant(entry)
