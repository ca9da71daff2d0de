"""Vector services on the loopback that keep the rules of the real ones: ids, limits, partial failures, waits."""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

#: Answers a request: method, path and body to status, body and headers.
Answer = Callable[[str, str, Any], tuple[int, Any, dict[str, str]]]


class Loopback:
    """A server on a port of its own; `requests` holds the methods, paths and bodies that came."""

    def __init__(self, answer: Answer) -> None:
        self.requests: list[tuple[str, str, Any]] = []
        self.first: list[tuple[int, dict[str, str]]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            """Passes requests on."""

            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                data = self.rfile.read(int(self.headers.get("content-length") or 0))
                body = json.loads(data) if data else None
                owner.requests.append((self.command, self.path, body))
                if owner.first:
                    status, headers = owner.first.pop(0)
                    said: Any = {"error": "not now"}
                else:
                    status, said, headers = answer(self.command, self.path, body)
                sent = json.dumps(said).encode()
                self.send_response(status)
                for name, value in {**headers, "content-length": str(len(sent))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(sent)

            do_GET = do_POST = do_PUT = do_DELETE = _any

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> Loopback:
        return self

    def __exit__(self, *reason: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _cosine(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))


def qdrant() -> Loopback:
    """Return a Qdrant with its rules for ids and dimensions."""
    collections: dict[str, dict[str, Any]] = {}

    def answer(method: str, path: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        _, _, name, *rest = path.partition("?")[0].split("/")
        found = collections.get(name)
        if method == "PUT" and not rest:
            if found is not None:
                return 409, {"status": {"error": f"Collection `{name}` already exists!"}}, {}
            collections[name] = {"size": body["vectors"]["size"], "points": {}}
            return 200, {"result": True}, {}
        if found is None:
            return 404, {"status": {"error": f"Not found: Collection `{name}` doesn't exist!"}}, {}
        points = found["points"]
        match "/".join(rest):
            case "points":
                for point in body["points"]:
                    if isinstance(point["id"], str):
                        UUID(point["id"])
                    if len(point["vector"]) != found["size"] or point["payload"].get("bad"):
                        return 400, {"status": {"error": "Wrong input: Vector dimension error"}}, {}
                points.update((point["id"], point) for point in body["points"])
                return 200, {"result": {"operation_id": 1, "status": "completed"}}, {}
            case "points/query/batch":
                return 200, {"result": [{"points": _query(points, search)} for search in body["searches"]]}, {}
            case "points/delete":
                for id in body["points"]:
                    points.pop(id, None)
                return 200, {"result": {"status": "completed"}}, {}
            case "points/count":
                return 200, {"result": {"count": len(points)}}, {}
        return 404, {}, {}

    return Loopback(answer)


def _query(points: dict[Any, Any], search: dict[str, Any]) -> list[Any]:
    wanted = {each["key"]: each["match"] for each in search.get("filter", {}).get("must", [])}
    found = []
    for point in points.values():
        if all(point["payload"].get(k) in m.get("any", [m.get("value")]) for k, m in wanted.items()):
            found.append({**point, "score": _cosine(search["query"], point["vector"]), "version": 1})
    found.sort(key=lambda point: -point["score"])
    return [p for p in found if p["score"] >= search.get("score_threshold", -2)][: search["limit"]]


def pinecone() -> Loopback:
    """Return a Pinecone index with its limits on records, bytes and metadata."""
    spaces: dict[str, dict[str, Any]] = {}

    def answer(method: str, path: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        records = spaces.setdefault(body.get("namespace", ""), {})
        match path:
            case "/vectors/upsert":
                if len(body["vectors"]) > 1000 or len(json.dumps(body)) > 2_300_000:
                    return 400, {"code": 3, "message": "Request size exceeds the maximum"}, {}
                for each in body["vectors"]:
                    if any(value is None for value in each["metadata"].values()):
                        return 400, {"code": 3, "message": "Metadata value must not be null"}, {}
                records.update((each["id"], each) for each in body["vectors"])
                return 200, {"upsertedCount": len(body["vectors"])}, {}
            case "/query":
                wanted = body.get("filter", {})
                found = [
                    {**each, "score": _cosine(body["vector"], each["values"])}
                    for each in records.values()
                    if all(each["metadata"].get(k) in rule.get("$in", [rule.get("$eq")]) for k, rule in wanted.items())
                ]
                found.sort(key=lambda each: -each["score"])
                return 200, {"matches": found[: body["topK"]], "namespace": body.get("namespace", "")}, {}
            case "/vectors/delete":
                for id in body["ids"]:
                    records.pop(id, None)
                return 200, {}, {}
            case "/describe_index_stats":
                counts = {name: {"vectorCount": len(each)} for name, each in spaces.items() if each}
                return 200, {"namespaces": counts, "totalVectorCount": sum(map(len, spaces.values()))}, {}
        return 404, {"message": "no such address"}, {}

    return Loopback(answer)


def weaviate() -> Loopback:
    """Return a Weaviate: objects fail one by one under status 200, and GraphQL tells errors under 200 too."""
    objects: dict[str, dict[str, Any]] = {}
    classes: set[str] = set()

    def answer(method: str, path: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        if path == "/v1/schema":
            if body["class"] in classes:
                return 422, {"error": [{"message": f"class name {body['class']} already exists"}]}, {}
            classes.add(body["class"])
            return 200, body, {}
        if path == "/v1/batch/objects":
            said = []
            for each in body["objects"]:
                UUID(each["id"])
                if each["properties"].get("bad"):
                    result: Any = {"status": "FAILED", "errors": {"error": [{"message": "invalid property 'bad'"}]}}
                else:
                    objects[each["id"]] = each
                    result = {"status": "SUCCESS"}
                said.append({**each, "result": result})
            return 200, said, {}
        if path == "/v1/graphql":
            name = re.search(r"Aggregate\{(\w+)", body["query"])
            assert name is not None
            return 200, {"data": {"Aggregate": {name[1]: [{"meta": {"count": len(objects)}}]}}}, {}
        if path == "/v1/graphql/batch":
            return 200, [_graphql(objects, each["query"]) for each in body], {}
        if method == "DELETE":
            return (204 if objects.pop(path.rpartition("/")[2], None) else 404), {}, {}
        return 404, {}, {}

    return Loopback(answer)


def _graphql(objects: dict[str, Any], query: str) -> Any:
    found = re.match(r"\{Get\{(\w+)\(nearVector:\{vector:(\[.*?\])\},limit:(\d+)(.*?)\)\{", query)
    assert found is not None, query
    name, vector, limit = found[1], json.loads(found[2]), int(found[3])
    wanted = re.findall(r'\{path:\["(\w+)"\],operator:Equal,value\w+:("[^"]*"|[^}]*)\}', found[4])
    if any(len(each["vector"]) != len(vector) for each in objects.values()):
        return {"data": {"Get": {name: None}}, "errors": [{"message": "vector lengths don't match"}]}
    rows = [
        (1 - _cosine(vector, each["vector"]), each)
        for each in objects.values()
        if all(each["properties"].get(key) == json.loads(value) for key, value in wanted)
    ]
    rows.sort(key=lambda row: row[0])
    kept = ("dtl_id", "dtl_text", "dtl_metadata")
    return {
        "data": {
            "Get": {
                name: [
                    {
                        **{key: each["properties"].get(key) for key in kept},
                        "_additional": {"id": each["id"], "distance": distance, "vector": each["vector"]},
                    }
                    for distance, each in rows[:limit]
                ]
            }
        }
    }
