"""The store `pinecone`, by the REST API of an index's host."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.http import wire
from dtl.ai.provider import Ask, Caps, HttpCall, Refusal, Reply
from dtl.ai.request import Kind
from dtl.ai.stores.rest import RestStore
from dtl.ai.stores.store import StoreItem, search_options
from dtl.values.errors import FunctionError

_VERSION = "2025-10"
_TEXT = "text"
#: Queries of a namespace in a second.
_PACE = (100, 1.0)


class Pinecone(RestStore):
    """An index of Pinecone. What was put in is found after a while: the service is eventually consistent."""

    name = "pinecone"
    most_items = 1000
    most_bytes = 2_000_000
    most_metadata = 40_000

    def __init__(self, entry: Entry) -> None:
        host = entry.get("host") or entry.get("url")
        if not host:
            raise FunctionError(
                f'the store "{entry.name}" needs "host", the address that Pinecone shows for its index ({entry.place})'
            )
        headers = {"x-pinecone-api-version": _VERSION}
        if entry.secret():
            headers["api-key"] = entry.secret()
        super().__init__(entry, host, headers)
        self.namespace = entry.get("namespace", "")
        self.identity += f" {self.namespace}"

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return the caps: a search a call."""
        return Caps(concurrency=self._concurrency, rate=_PACE)

    # --- searching --------------------------------------------------------------------------------

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for one search."""
        top, _, wanted = search_options(asks[0])
        data: dict[str, Any] = {
            "vector": asks[0].request.input,
            "topK": top,
            "includeValues": True,
            "includeMetadata": True,
        }
        if self.namespace:
            data["namespace"] = self.namespace
        if wanted:
            data["filter"] = {
                name: {"$in": value} if isinstance(value, list) else {"$eq": value}
                for name, value in sorted(wanted.items())
            }
        return self.call("POST", "/query", data)

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says; the threshold is applied here, for the service knows none."""
        data = wire.json_of(body)
        if status != 200:
            return Reply(refusal=wire.refusal(status, headers, wire.message_of(data, body)))
        matches = data.get("matches") if isinstance(data, Mapping) else None
        if not isinstance(matches, list):
            return Reply(refusal=Refusal("malformed", "the response holds no matches"))
        threshold = search_options(asks[0])[1]
        found = []
        for match in matches:
            if not isinstance(match, Mapping) or "id" not in match:
                return Reply(refusal=Refusal("malformed", "the response holds something that is no match"))
            score = float(match.get("score") or 0.0)
            if self.distance == "euclidean":  # the service tells the square of the distance
                score = 1 / (1 + math.sqrt(max(0.0, score)))
            metadata = dict(match.get("metadata") or {})
            one = {"id": str(match["id"]), "score": score, "embedding": match.get("values") or []}
            if isinstance(metadata.get(_TEXT), str):
                one["text"] = metadata.pop(_TEXT)
            if threshold is None or score >= threshold:
                found.append({**one, "metadata": metadata})
        return Reply({asks[0].id: found})

    # --- filling ----------------------------------------------------------------------------------

    def problem_of(self, item: StoreItem) -> str | None:
        """Return why the service would not take an item."""
        for name, value in item.metadata.items():
            plain = isinstance(value, str | int | float | bool | None)
            if not plain and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
                return f'its "{name}" is neither text, number, boolean nor an array of texts'
        if not item.id.isascii() or not 1 <= len(item.id) <= 512:
            return "its id is not of 1 to 512 ASCII characters"
        return None

    def row_of(self, item: StoreItem) -> Any:
        """Return a record; what is null is left out, for the service takes none."""
        metadata = {name: value for name, value in item.metadata.items() if value is not None}
        if item.text is not None:
            metadata[_TEXT] = item.text
        return {"id": item.id, "values": list(item.vector), "metadata": metadata}

    def upsert_call(self, rows: Sequence[Any]) -> HttpCall:
        """Return the call that puts records in."""
        data: dict[str, Any] = {"vectors": list(rows)}
        if self.namespace:
            data["namespace"] = self.namespace
        return self.call("POST", "/vectors/upsert", data)

    def delete_calls(self, ids: Sequence[str]) -> list[HttpCall]:
        """Return the call that takes records out."""
        data: dict[str, Any] = {"ids": list(ids)}
        if self.namespace:
            data["namespace"] = self.namespace
        return [self.call("POST", "/vectors/delete", data)]

    def count_call(self) -> HttpCall:
        """Return the call that counts records."""
        return self.call("POST", "/describe_index_stats", {})

    def read_count(self, data: Any) -> int:
        """Return the number of records in the namespace."""
        spaces = data.get("namespaces") or {}
        if self.namespace or spaces:
            return int((spaces.get(self.namespace) or {}).get("vectorCount", 0))
        return int(data.get("totalVectorCount", 0))


def make(entry: Entry, warn: Callable[[str], None]) -> Pinecone:
    """Return the store of an entry."""
    return Pinecone(entry)
