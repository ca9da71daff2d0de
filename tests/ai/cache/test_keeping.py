"""What is kept between runs: the cache of answers, and recordings."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.ai.actions import CacheEntry
from dtl.ai.cache.arrivals import Arrivals, Leftovers
from dtl.ai.cache.disk import AnswerCache, Kept, UnusableCache, to_answer, to_bytes
from dtl.ai.cache.key import key_of, prefix_of
from dtl.ai.cache.replay import Recording, Replay, UnreadableReplay
from dtl.ai.config.entries import read_config
from dtl.ai.provider import Ask, Provider, Target
from dtl.ai.request import Prompt, Request
from dtl.ai.router import ConfiguredRouter
from dtl.ai.run_settings import RunSettings
from dtl.ai.shell import Shell
from dtl.values.errors import FunctionError
from tests.support.repository import ROOT

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


def entry(text: str, answer: object) -> CacheEntry:
    """Return an answer under a key of its own."""
    return CacheEntry(key_of(prefix_of(embed(text), Target(Provider(), "m"), {}), text), "embed", "plain m", answer)


def embed(text: str) -> Request:
    """Return the request of a vector."""
    return Request("embed", "embed", None, text)


@given(JSON)
def test_answers_come_back_as_they_were(answer: object) -> None:
    back = to_answer(to_bytes(answer))
    assert back == answer
    assert repr(back) == repr(answer) or isinstance(answer, (dict, list))


def test_vectors_keep_every_bit() -> None:
    vector = [0.1, -1e-300, 3.0, 5e-324]
    assert to_answer(to_bytes(vector)) == vector
    assert to_bytes([1, 0.5])[:1] == b"j", "an integer stays one"


def test_a_cache_finds_what_another_process_put(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    first, second = AnswerCache(str(path)), AnswerCache(str(path))
    one = entry("a", [0.5])
    assert second.find([one.key]) == {}
    first.put([one, entry("b", {"x": 1})])
    assert second.find([one.key, b"unknown key, 20 byte"]) == {one.key: [0.5]}
    assert second.kept() == [Kept("embed", "plain m", 2, len(to_bytes([0.5])) + len(to_bytes({"x": 1})))]
    assert second.clear() == 2
    assert first.find([one.key]) == {}
    assert os.stat(path).st_mode & 0o077 == 0, "nobody else may read it"


def test_two_keys_of_one_number_are_not_mixed_up(tmp_path: Path) -> None:
    cache = AnswerCache(str(tmp_path / "answers.db"))
    one, two = b"8 bytes." + b"1" * 12, b"8 bytes." + b"2" * 12
    cache.put([CacheEntry(one, "t", "m", 1)])
    assert cache.find([one, two]) == {one: 1}


def test_what_is_no_cache_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("this is no database, however long it may be" * 100)
    with pytest.raises(UnusableCache, match="not a database"):
        AnswerCache(str(tmp_path / "text"))


def test_a_damaged_answer_is_no_answer(tmp_path: Path) -> None:
    cache = AnswerCache(str(tmp_path / "answers.db"))
    one = entry("a", [0.5])
    cache.put([one])
    with sqlite3.connect(tmp_path / "answers.db") as base:
        base.execute("UPDATE answers SET answer = x'7601'")
    assert cache.find([one.key]) == {}


def left_by(folder: Path, cut: int = 0) -> tuple[Leftovers, list[bytes]]:
    """Return what is found of two responses whose process has gone, the end of the second one cut off."""
    cache = str(folder / "answers.db")
    keys = [number.to_bytes(20, "big") for number in range(3)]
    asks = [Ask(7 + number, embed(f"text {number}"), "m", {"dimensions": 1}) for number in range(3)]
    arrivals = Arrivals(cache)
    arrivals.append(keys[:2], asks[:2], b"[1, 2]")
    arrivals.append(keys[2:], asks[2:], b"[3]")
    assert not Leftovers(cache), "what belongs to a living process is left alone"
    arrivals.close()
    (file,) = folder.glob("answers.db.arrived-*")
    assert os.stat(file).st_mode & 0o077 == 0, "nobody else may read it"
    if cut:
        file.write_bytes(file.read_bytes()[:-cut])
    return Leftovers(cache), keys


def listed(body: bytes, asks: list[Ask]) -> dict[int, Any]:
    """Read a response that is a list."""
    assert {ask.request.kind for ask in asks} == {"embed"} and asks[0].options == {"dimensions": 1}
    return {ask.id: answer for ask, answer in zip(asks, json.loads(body), strict=True)}


@pytest.mark.parametrize(("cut", "wanted"), [(0, [1, 2, 3]), (1, [1, 2, None]), (100, [1, 2, None])])
def test_what_a_killed_process_left_is_found(cut: int, wanted: list[Any], tmp_path: Path) -> None:
    left, keys = left_by(tmp_path, cut)
    assert [left.find(key, listed) for key in keys] == wanted
    left.used(keys[:1])
    assert list(tmp_path.glob("answers.db.arrived-*"))
    left.used(keys[1:])
    assert not list(tmp_path.glob("answers.db.arrived-*"))


_BATCHES = """
[ai_models.m]
provider = "openai"
model = "text-embedding-3-small"
base_url = "http://127.0.0.1:9/v1"
mode = "batch"
"""


def test_a_batch_model_finds_what_single_calls_left(tmp_path: Path) -> None:
    router = ConfiguredRouter(read_config(_BATCHES, "models.toml", {}))
    request, cache = Request("embed", "embed", "m", "a text"), AnswerCache(str(tmp_path / "answers.db"))
    key = key_of(prefix_of(request, router.target(request), {}), "a text")
    arrivals = Arrivals(cache.path)
    arrivals.append([key], [Ask(1, request, "text-embedding-3-small")], b'{"data": [{"index": 0, "embedding": [0.5]}]}')
    arrivals.close()
    with Shell(router, RunSettings(looks_up=True), cache) as shell:
        assert shell.ask(request) == [0.5]


def test_what_was_left_goes_with_the_cache(tmp_path: Path) -> None:
    left, _ = left_by(tmp_path)
    left.close()
    AnswerCache(str(tmp_path / "answers.db")).clear()
    assert not list(tmp_path.glob("answers.db.arrived-*"))


_WRITER = """
import os, sys
from dtl.ai.actions import CacheEntry
from dtl.ai.cache.disk import AnswerCache
cache = AnswerCache(sys.argv[1])
for number in range(1000):
    cache.put([CacheEntry(number.to_bytes(20, "little"), "t", "m", number)])
    os.write(1, b"%d\\n" % number)
"""


def test_what_was_put_outlives_a_killed_process(tmp_path: Path) -> None:
    path = str(tmp_path / "answers.db")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", _WRITER, path], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    for _ in range(50):
        told = int(process.stdout.readline())
    process.kill()
    process.wait()
    keys = [number.to_bytes(20, "little") for number in range(told + 1)]
    assert AnswerCache(path).find(keys) == {key: number for number, key in enumerate(keys)}


def test_a_key_holds_what_changes_the_answer_and_nothing_else() -> None:
    def key(request: Request, name: str = "p", model: str = "m") -> bytes:
        provider = Provider()
        provider.name = name
        return key_of(prefix_of(request, Target(provider, model), dict(request.options)), request.input)

    base = Request("chat", "f", None, "text", {"a": 1}, Prompt("Do it.", {"type": "object"}))
    others = [
        Request("chat", "g", None, "text", {"a": 1}, Prompt("Do it.", {"type": "object"})),
        Request("chat", "f", None, "text ", {"a": 1}, Prompt("Do it.", {"type": "object"})),
        Request("chat", "f", None, "text", {"a": 2}, Prompt("Do it.", {"type": "object"})),
        Request("chat", "f", None, "text", {"a": 1}, Prompt("Do it!", {"type": "object"})),
        Request("chat", "f", None, "text", {"a": 1}, Prompt("Do it.", {"type": "string"})),
        Request("chat", "f", None, "text", {"a": 1}, Prompt("Do it.", {"type": "object"}, "2")),
        Request("chat", "f", None, ["text"], {"a": 1}, Prompt("Do it.", {"type": "object"})),
    ]
    keys = {key(base), key(base, "q"), key(base, model="n"), *map(key, others)}
    assert len(keys) == 3 + len(others)
    assert key(base) == key(Request("chat", "f", "an entry", "text", {"a": 1}, base.prompt))


def test_a_recording_is_played_again(tmp_path: Path) -> None:
    path = str(tmp_path / "answers.jsonl")
    recording = Recording(path)
    recording.note(embed("b"), [0.5])
    recording.note(embed("a"), [1.5])
    recording.close()
    replay = Replay(path)
    assert replay.ask(embed("a")) == [1.5]
    with pytest.raises(FunctionError, match=r"no answer of embed to 'c' \(record it first\)"):
        replay.ask(embed("c"))
    lines = Path(path).read_bytes().splitlines()
    assert lines == sorted(lines, key=lambda line: line.split(b'"key":')[1])


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text('{"a": 1}\n')
    with pytest.raises(UnreadableReplay, match="line 1: not a line of a recording"):
        Replay(str(tmp_path / "x"))
    with pytest.raises(UnreadableReplay, match="cannot read"):
        Replay(str(tmp_path / "y"))
