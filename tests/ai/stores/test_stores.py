"""All stores do the same: what is put in is found, most alike first, filtered, above the threshold, and goes again."""

from __future__ import annotations

import json
import math
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml", reason="PyYAML is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

from dtl.ai.provider import Ask, ComputingProvider, HttpProvider, Reply
from dtl.ai.request import Request
from dtl.ai.stores import make_store
from dtl.ai.stores.embedded import EmbeddedStore
from dtl.ai.stores.json_lines import WrongLine, read_lines, write_line
from dtl.ai.stores.matrix import Matrix
from dtl.ai.stores.memory import MemoryStore
from dtl.ai.stores.qdrant import point_id
from dtl.ai.stores.store import StoreItem, VectorStore
from dtl.values.errors import FunctionError
from tests.ai.providers.asks import config
from tests.ai.stores import loopback

ITEMS = [
    StoreItem("a", [1.0, 0.0], {"kind": "x", "n": 1, "none": None}, "first"),
    StoreItem("b", [0.8, 0.6], {"kind": "y", "n": 2}),
    StoreItem("c", [0.0, 1.0], {"kind": "x", "n": 3}),
    StoreItem("7", [-1.0, 0.0], {"kind": "z", "n": 4}),
]


def store(kind: str, **settings: Any) -> Any:
    """Return a store of a kind."""
    lines = "".join(f"    {name}: {value!r}\n" for name, value in settings.items())
    entry = config(f"vector_stores:\n  s:\n    type: {kind}\n{lines}").stores["s"]
    return make_store(entry, lambda text: None)


@pytest.fixture(params=["memory", "memory file", "embedded", "qdrant", "pinecone", "weaviate"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    """Yield an empty store of each kind."""
    match request.param:
        case "memory":
            yield store("memory")
        case "memory file":
            yield store("memory", path=str(tmp_path / "s.jsonl"))
        case "embedded":
            yield store("embedded", path=str(tmp_path / "s.sqlite"))
        case "qdrant":
            with loopback.qdrant() as server:
                yield store("qdrant", url=server.url, collection="c")
        case "pinecone":
            with loopback.pinecone() as server:
                yield store("pinecone", host=server.url, api_key="k", namespace="n")
        case "weaviate":
            with loopback.weaviate() as server:
                yield store("weaviate", url=server.url, collection="docs")


def ask(made: VectorStore, vectors: list[list[float]], **options: Any) -> Reply:
    """Search as the engine does: in as many calls as the store's caps want."""
    httpx = pytest.importorskip("httpx")
    options = {"top_k": 10, **options}
    asks = [Ask(at, Request("search", "vector_search", "s", each, options), "s") for at, each in enumerate(vectors)]
    if isinstance(made, ComputingProvider):
        return made.compute(asks)
    assert isinstance(made, HttpProvider)
    answers: dict[int, Any] = {}
    refusals: dict[int, Any] = {}
    size = made.caps("search", "s").inputs
    for at in range(0, len(asks), size):
        call = made.pack(asks[at : at + size])
        response = httpx.request(call.method, call.url, headers=dict(call.headers), content=call.body)
        reply = made.read(response.status_code, dict(response.headers), response.content, asks[at : at + size])
        assert reply.refusal is None, reply.refusal
        answers.update(reply.answers)
        refusals.update(reply.refusals)
    return Reply(answers, None, refusals)


def ids(made: VectorStore, vector: list[float], **options: Any) -> list[str]:
    """Return the ids of a search's matches."""
    return [match["id"] for match in ask(made, [vector], **options).answers[0]]


def test_what_is_put_in_is_found(any_store: VectorStore) -> None:
    assert any_store.upsert(ITEMS).count == 4
    (match, *_) = ask(any_store, [[0.9, 0.1]]).answers[0]
    assert (match["id"], match["embedding"], match["text"]) == ("a", [1.0, 0.0], "first")
    assert {name: value for name, value in match["metadata"].items() if value is not None} == {"kind": "x", "n": 1}
    assert match["score"] == pytest.approx(0.9 / math.hypot(0.9, 0.1), abs=1e-6)
    assert ids(any_store, [0.9, 0.1]) == ["a", "b", "c", "7"]
    assert any_store.count() == 4


def test_matches_are_limited(any_store: VectorStore) -> None:
    any_store.upsert(ITEMS)
    assert ids(any_store, [1.0, 0.0], top_k=2) == ["a", "b"]
    assert ids(any_store, [1.0, 0.0], threshold=0.7) == ["a", "b"]
    assert ids(any_store, [1.0, 0.0], filter={"kind": "x"}) == ["a", "c"]
    assert ids(any_store, [1.0, 0.0], filter={"n": 2}) == ["b"]
    assert ids(any_store, [1.0, 0.0], filter={"kind": "nothing"}) == []


def test_many_searches_come_back_in_their_places(any_store: VectorStore) -> None:
    any_store.upsert(ITEMS)
    vectors = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]] * 50
    answers = ask(any_store, vectors, top_k=1).answers
    assert [answers[at][0]["id"] for at in range(150)] == ["a", "c", "7"] * 50


def test_an_id_is_put_in_once(any_store: VectorStore) -> None:
    any_store.upsert([*ITEMS, StoreItem("a", [0.0, -1.0], {"n": 9})])
    assert any_store.count() == 4
    assert ids(any_store, [0.0, -1.0], top_k=1) == ["a"]


def test_what_is_deleted_is_gone(any_store: VectorStore) -> None:
    any_store.upsert(ITEMS)
    any_store.delete(["a", "7", "never there"])
    assert any_store.count() == 2
    assert ids(any_store, [1.0, 0.0]) == ["b", "c"]


def test_an_item_of_another_dimension_fails_alone(any_store: VectorStore) -> None:
    written = any_store.upsert([ITEMS[0], StoreItem("wrong", [1.0]), ITEMS[1]])
    assert written.count == 2
    assert "1 dimensions" in written.failed["wrong"]


@pytest.mark.parametrize("kind", ["memory", "embedded", "weaviate"])
def test_a_search_of_another_dimension_fails_alone(kind: str, tmp_path: Path) -> None:
    server = loopback.weaviate()
    with server:
        made = {
            "memory": lambda: store("memory"),
            "embedded": lambda: store("embedded", path=str(tmp_path / "s.sqlite")),
            "weaviate": lambda: store("weaviate", url=server.url, collection="docs"),
        }[kind]()
        made.upsert(ITEMS)
        reply = ask(made, [[1.0, 0.0], [1.0, 0.0, 0.0]])
    assert set(reply.answers) == {0}
    assert set(reply.refusals) == {1}


# --- the store's own rules --------------------------------------------------------------------------


def test_qdrant_takes_only_numbers_and_uuids() -> None:
    assert point_id("7") == 7
    assert point_id("07") != 7
    assert point_id("6F7C1E3E-9d3b-5a52-8c47-2f6d0f0a51d7") == "6f7c1e3e-9d3b-5a52-8c47-2f6d0f0a51d7"
    assert isinstance(point_id("x" * 36), str)
    assert isinstance(point_id(str(2**64)), str)


@pytest.mark.parametrize("make", [loopback.qdrant, loopback.weaviate])
def test_an_item_that_is_refused_fails_alone(make: Callable[[], loopback.Loopback]) -> None:
    items = [StoreItem(f"i{at}", [1.0, float(at)], {"bad": True} if at == 13 else {}) for at in range(32)]
    with make() as server:
        made = store(make.__name__, url=server.url, collection="c")
        written = made.upsert(items)
        assert (written.count, list(written.failed)) == (31, ["i13"])
        assert made.count() == 31
        assert len(server.requests) <= 2 * math.ceil(math.log2(32)) + 3


def test_pinecone_packs_by_bytes_and_refuses_by_item() -> None:
    noise = random.Random(1)
    items = [StoreItem(f"i{at}", [noise.random() for _ in range(1536)], {"at": at}) for at in range(200)]
    items += [StoreItem("big", [1.0] * 1536, {"text": "x" * 50_000}), StoreItem("deep", [1.0] * 1536, {"a": {"b": 1}})]
    with loopback.pinecone() as server:
        made = store("pinecone", host=server.url, api_key="k")
        written = made.upsert(items)
        assert written.count == 200
        assert set(written.failed) == {"big", "deep"}
        sizes = [len(json.dumps(body)) for _, path, body in server.requests if path == "/vectors/upsert"]
    assert max(sizes) <= 2_300_000
    assert len(sizes) <= 4


def test_a_store_is_waited_for_as_long_as_it_says() -> None:
    with loopback.qdrant() as server:
        made = store("qdrant", url=server.url, collection="c")
        waits: list[float] = []
        made.sender.sleep = waits.append
        server.first = [(429, {"retry-after": "3"}), (503, {})]
        assert made.upsert(ITEMS).count == 4
        assert waits == [3.0, 0.5]


def test_a_store_that_cannot_be_reached_is_told() -> None:
    made = store("qdrant", url="http://127.0.0.1:9", collection="c", retries=0)
    with pytest.raises(FunctionError, match="qdrant: ConnectError"):
        made.upsert(ITEMS)
    missing = store("weaviate", url="http://127.0.0.1:9", retries=0, **{"class": "x"})
    with pytest.raises(FunctionError):
        missing.count()


# --- kept on this machine ---------------------------------------------------------------------------


def test_the_embedded_store_outlives_its_process(tmp_path: Path) -> None:
    path = str(tmp_path / "sub" / "s.sqlite")
    first = EmbeddedStore(path)
    first.upsert(ITEMS)
    first.close()
    second = EmbeddedStore(path)
    assert ids(second, [1.0, 0.0], top_k=1) == ["a"]
    third = EmbeddedStore(path)
    third.upsert([StoreItem("new", [2.0, 0.1])])
    assert ids(second, [2.0, 0.1], top_k=1) == ["new"], "a change by another connection is seen"
    third.delete(["new"])
    assert ids(third, [2.0, 0.1], top_k=1) == ["a"]


def test_a_file_of_another_dimension_is_told(tmp_path: Path) -> None:
    path = str(tmp_path / "s.sqlite")
    EmbeddedStore(path).upsert(ITEMS)
    with pytest.raises(FunctionError, match="holds vectors of 2 dimensions, not 3"):
        EmbeddedStore(path, dimension=3).count()


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"not a database" * 100)
    reply = EmbeddedStore(str(path)).compute([Ask(1, Request("search", "s", "s", [1.0], {"top_k": 1}), "s")])
    assert reply.refusal is not None and "cannot be used as a store" in reply.refusal.message
    sqlite3.connect(tmp_path / "empty.sqlite").close()
    assert EmbeddedStore(str(tmp_path / "empty.sqlite")).count() == 0


def test_the_memory_store_reads_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "kb.jsonl"
    path.write_text('{"id": 5, "vector": [1, 0], "title": "t"}\n\n{"embedding": [0, 1], "metadata": {"a": 1}}\n')
    made = MemoryStore(str(path))
    (match,) = ask(made, [[1.0, 0.0]], top_k=1).answers[0]
    assert (match["id"], match["metadata"]) == ("5", {"title": "t"})
    path.write_text("{}\n")
    reply = ask(MemoryStore(str(path)), [[1.0]])
    assert reply.refusal is not None and 'line 1: "vector" must be an array' in reply.refusal.message


def test_wrong_lines_are_told_and_others_read() -> None:
    lines = [
        b"{}",
        b"[1]",
        b"{",
        b'{"vector": []}',
        b'{"vector": [1], "id": true}',
        b'{"vector": ["a"]}',
        b'{"vector": [1]}',
    ]
    found = list(read_lines(lines))
    assert [each.number for each in found if isinstance(each, WrongLine)] == [1, 2, 3, 4, 5, 6]
    assert found[-1] == StoreItem("7", [1.0], {})
    assert list(read_lines([write_line(ITEMS[0])])) == [ITEMS[0]]


@pytest.mark.parametrize("distance", ["cosine", "dot", "euclidean"])
def test_the_search_is_exact(distance: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = random.Random(7)
    items = [StoreItem(f"i{at:03}", [noise.uniform(-1, 1) for _ in range(8)], {"p": at % 3}) for at in range(300)]
    vectors = [[noise.uniform(-1, 1) for _ in range(8)] for _ in range(20)]
    fast = Matrix(items, distance)
    assert fast.numpy is not None
    monkeypatch.setattr("dtl.ai.stores.matrix.is_installed", lambda name: False)
    slow = Matrix(items, distance)
    assert slow.numpy is None
    for wanted in ({}, {"p": 1}, {"p": [0, 2]}):
        for a, b in zip(fast.search(vectors, 7, 0.1, wanted), slow.search(vectors, 7, 0.1, wanted), strict=True):
            assert [match["id"] for match in a] == [match["id"] for match in b]
            assert [match["score"] for match in a] == pytest.approx([match["score"] for match in b], abs=1e-5)


def test_equal_scores_keep_the_order_of_the_items() -> None:
    items = [StoreItem(f"i{at}", [1.0, 0.0]) for at in range(20)]
    (found,) = Matrix(items, "cosine").search([[1.0, 0.0]], 3, None, {})
    assert [match["id"] for match in found] == ["i0", "i1", "i2"]
