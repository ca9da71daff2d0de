"""The store `weaviate`, by its REST and GraphQL APIs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson

from dtl.ai.config.entries import Entry
from dtl.ai.http import wire
from dtl.ai.provider import Ask, HttpCall, Refusal, Reply
from dtl.ai.stores.qdrant import point_id
from dtl.ai.stores.rest import RestStore
from dtl.ai.stores.store import StoreItem, Written, search_options

_DISTANCES = {"cosine": "cosine", "dot": "dot", "euclidean": "l2-squared"}
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")
#: Properties of ours: the id as it was given, the text, and the metadata whole, as JSON.
_ID, _TEXT, _DATA = "dtl_id", "dtl_text", "dtl_metadata"


def object_id(id: str) -> str:
    """Return the UUID of an id."""
    found = point_id(id)
    return found if isinstance(found, str) else str(point_id(f"number {found}"))


class Weaviate(RestStore):
    """A class of Weaviate.

    Single values of the metadata become properties of their own, so that filters find them; all of it is kept as JSON
    besides. For a class that something else has filled, `properties` lists what matches tell.
    """

    name = "weaviate"
    most_items = 200
    most_searches = 50

    def __init__(self, entry: Entry) -> None:
        key = entry.secret()
        base = entry.need("url").removesuffix("/v1")
        super().__init__(entry, f"{base}/v1", {"authorization": f"Bearer {key}"} if key else {})
        name = entry.get("class") or entry.need("collection")
        self.collection = name[:1].upper() + name[1:]
        self.tenant = entry.get("tenant")
        self.properties = entry.get("properties")
        self.identity += f" {self.collection} {self.tenant or ''}"

    # --- searching --------------------------------------------------------------------------------

    def pack(self, asks: Sequence[Ask]) -> HttpCall:
        """Return the call for searches."""
        return self.call("POST", "/graphql/batch", [{"query": self._query(ask)} for ask in asks])

    def _query(self, ask: Ask) -> str:
        top, _, wanted = search_options(ask)
        parts = [f"nearVector:{{vector:{_json(ask.request.input)}}}", f"limit:{top}"]
        if wanted:
            operands = ",".join(_condition(name, value) for name, value in sorted(wanted.items()))
            parts.append(f"where:{{operator:And,operands:[{operands}]}}")
        if self.tenant:
            parts.append(f"tenant:{_json(self.tenant)}")
        fields = " ".join(self.properties or (_ID, _TEXT, _DATA))
        return f"{{Get{{{self.collection}({','.join(parts)}){{{fields} _additional{{id distance vector}}}}}}}}"

    def read(self, status: int, headers: Mapping[str, str], body: bytes, asks: Sequence[Ask]) -> Reply:
        """Return what a response says: an answer for each search, in order, each with errors of its own."""
        data = wire.json_of(body)
        if status != 200:
            return Reply(refusal=wire.refusal(status, headers, wire.message_of(data, body)))
        if not isinstance(data, list) or len(data) != len(asks):
            return Reply(refusal=Refusal("malformed", "the response has another number of results than searches"))
        answers: dict[int, Any] = {}
        refusals: dict[int, Refusal] = {}
        for ask, result in zip(asks, data, strict=True):
            if not isinstance(result, Mapping):
                continue
            if result.get("errors"):
                refusals[ask.id] = Refusal(
                    "poison", wire.told(wire.message_of(result["errors"][0], b"")) or "it is refused"
                )
                continue
            rows = ((result.get("data") or {}).get("Get") or {}).get(self.collection)
            if isinstance(rows, list) and all(isinstance(row, Mapping) and "_additional" in row for row in rows):
                answers[ask.id] = self._matches(rows, search_options(ask)[1])
        return Reply(answers, None, refusals)

    def _matches(self, rows: list[Any], threshold: float | None) -> list[dict[str, Any]]:
        found = []
        for row in rows:
            more = row["_additional"]
            distance = float(more.get("distance") or 0.0)
            score = {"cosine": 1 - distance, "dot": -distance}.get(
                self.distance, 1 / (1 + math.sqrt(max(0.0, distance)))
            )
            own = {name: value for name, value in row.items() if name not in ("_additional", _ID, _TEXT, _DATA)}
            kept = wire.json_of((row.get(_DATA) or "{}").encode())
            match = {
                "id": str(row.get(_ID) or more.get("id")),
                "score": score,
                "embedding": more.get("vector") or [],
                "metadata": {**own, **(kept if isinstance(kept, dict) else {})},
            }
            if isinstance(row.get(_TEXT), str):
                match["text"] = row[_TEXT]
            if threshold is None or score >= threshold:
                found.append(match)
        return found

    # --- filling ----------------------------------------------------------------------------------

    def prepare_calls(self, dimension: int) -> list[HttpCall]:
        """Return the call that makes the class."""
        texts = [{"name": name, "dataType": ["text"]} for name in (_ID, _TEXT, _DATA)]
        data: dict[str, Any] = {
            "class": self.collection,
            "vectorizer": "none",
            "vectorIndexConfig": {"distance": _DISTANCES[self.distance]},
            "properties": texts,
        }
        if self.tenant:
            data["multiTenancyConfig"] = {"enabled": True}
        return [self.call("POST", "/schema", data)]

    def row_of(self, item: StoreItem) -> Any:
        """Return an object."""
        properties: dict[str, Any] = {
            name: value
            for name, value in item.metadata.items()
            if _NAME.fullmatch(name) and name not in ("id", "vector") and isinstance(value, str | int | float | bool)
        }
        properties |= {_ID: item.id, _DATA: orjson.dumps(dict(item.metadata)).decode()}
        if item.text is not None:
            properties[_TEXT] = item.text
        row = {
            "class": self.collection,
            "id": object_id(item.id),
            "properties": properties,
            "vector": list(item.vector),
        }
        return {**row, "tenant": self.tenant} if self.tenant else row

    def upsert_call(self, rows: Sequence[Any]) -> HttpCall:
        """Return the call that puts objects in."""
        return self.call("POST", "/batch/objects", {"objects": list(rows)})

    def read_upsert(self, data: Any, items: Sequence[StoreItem]) -> Written:
        """Return what became of each object: a success as a whole may hold failures."""
        said = {row.get("id"): row.get("result") or {} for row in data or () if isinstance(row, Mapping)}
        failed = {}
        for item in items:
            result = said.get(object_id(item.id))
            if result is None:
                failed[item.id] = "the response does not tell what became of it"
            elif result.get("status") == "FAILED" or result.get("errors"):
                errors = (result.get("errors") or {}).get("error") or [{}]
                failed[item.id] = wire.told(str(errors[0].get("message") or "it is refused"))
        return Written(len(items) - len(failed), failed)

    def delete_calls(self, ids: Sequence[str]) -> list[HttpCall]:
        """Return the calls that take objects out, one each."""
        tenant = f"?tenant={quote(self.tenant)}" if self.tenant else ""
        return [self.call("DELETE", f"/objects/{self.collection}/{object_id(id)}{tenant}") for id in ids]

    def count_call(self) -> HttpCall:
        """Return the call that counts objects."""
        tenant = f"(tenant:{_json(self.tenant)})" if self.tenant else ""
        return self.call("POST", "/graphql", {"query": f"{{Aggregate{{{self.collection}{tenant}{{meta{{count}}}}}}}}"})

    def read_count(self, data: Any) -> int:
        """Return the number of objects."""
        return int(data["data"]["Aggregate"][self.collection][0]["meta"]["count"])


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _condition(name: str, value: Any) -> str:
    one = value[0] if isinstance(value, list) and value else value
    kind = (
        "valueBoolean" if isinstance(one, bool)
        else "valueInt" if isinstance(one, int)
        else "valueNumber" if isinstance(one, float)
        else "valueText"
    )  # fmt: skip
    operator = "ContainsAny" if isinstance(value, list) else "Equal"
    return f"{{path:[{_json(name)}],operator:{operator},{kind}:{_json(value)}}}"


def make(entry: Entry, warn: Callable[[str], None]) -> Weaviate:
    """Return the store of an entry."""
    return Weaviate(entry)
