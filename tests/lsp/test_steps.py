"""Steps of a workflow in an editor: samples, lenses, values, selections, calls, and the files that they import."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import Started

FLOW = """\
transformations:
  clean:
    type: dtl
    config:
      source: |
        import "texts.dtl"
        fn twice(x: integer) -> integer { x * 2 }
        .size = twice(.count)
        .name = shout()
  short: {type: dtl, script: '.b = .count'}
  keep: {type: filter, config: {condition: "size > 1"}}
"""
TEXTS = "fn shout() -> string { upcase!(.user) }\n"
MAIN = 'import "texts.dtl"\n.user = "a"\n.loud = shout()\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a workflow, a script, a file that both import, and samples."""
    for name, text in (("flow.yaml", FLOW), ("texts.dtl", TEXTS), ("main.dtl", MAIN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "flow.sample.jsonl").write_text('{"count": 1}\n{"count": 2}\n', encoding="utf-8")
    (tmp_path / "flow.clean.sample.jsonl").write_text('{"count": 20, "user": "ann"}\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[Started]:
    """Return a client with the workflow open."""
    with Started() as started:
        started.initialize(rootUri=folder.as_uri())
        started.open((folder / "flow.yaml").as_uri(), FLOW, "yaml")
        yield started


def at(text: str, part: str, more: int = 0) -> dict[str, int]:
    """Return the position of a text's first place."""
    before = text[: text.index(part) + more]
    return {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}


def inside(range: dict[str, Any], text: str) -> str:
    """Return the text of a range."""
    lines = text.split("\n")
    start, end = range["start"], range["end"]
    if start["line"] == end["line"]:
        return lines[start["line"]][start["character"] : end["character"]]
    middle = lines[start["line"] + 1 : end["line"]]
    return "\n".join([lines[start["line"]][start["character"] :], *middle, lines[end["line"]][: end["character"]]])


def test_each_step_has_a_lens_that_runs_it_on_its_sample(client: Started, folder: Path) -> None:
    uri = (folder / "flow.yaml").as_uri()
    lenses = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert [inside({**each["range"], "end": at(FLOW, "\n  short")}, FLOW)[:6] for each in lenses][:1] == ["import"]
    assert [each["command"]["title"] for each in lenses] == ["▶ run on sample", "▶ run on sample (2 events)"]
    command = lenses[1]["command"]
    ran = client.ask("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    assert [run["event"] for run in ran["runs"]] == [{"b": 1, "count": 1}, {"b": 2, "count": 2}]
    here = [uri, {"position": at(FLOW, ".count'")}]
    assert client.ask("workspace/executeCommand", {"command": "dtl.runOnSample", "arguments": here}) == ran
    assert client.error("workspace/executeCommand", {"command": "dtl.runOnSample", "arguments": [uri]}) == -32602


def test_values_stand_at_the_ends_of_the_lines(client: Started, folder: Path) -> None:
    uri = (folder / "flow.yaml").as_uri()
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0}}
    for _ in range(100):
        hints = client.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
        values = {hint["position"]["line"]: hint["label"] for hint in hints if hint["label"].startswith("= ")}
        if len(values) == 3:
            break
        time.sleep(0.1)
    assert values == {7: "= 40", 8: '= "ANN"', 9: "= 1"}


def test_fields_of_the_step_s_own_sample_are_completed(client: Started, folder: Path) -> None:
    uri = (folder / "flow.yaml").as_uri()
    place = {"textDocument": {"uri": uri}, "position": at(FLOW, "(.count", 2)}
    assert "user" in [item["label"] for item in client.ask("textDocument/completion", place)["items"]]
    place["position"] = at(FLOW, "= .count", 3)
    assert "user" not in [item["label"] for item in client.ask("textDocument/completion", place)["items"]]


def test_selections_grow_within_the_program(client: Started, folder: Path) -> None:
    uri = (folder / "flow.yaml").as_uri()
    positions = [at(FLOW, "(.count", 3), at(FLOW, "type:"), at(FLOW, "size > 1", 1)]
    found = client.ask("textDocument/selectionRange", {"textDocument": {"uri": uri}, "positions": positions})
    first, texts = found[0], []
    while first:
        texts.append(inside(first["range"], FLOW))
        first = first.get("parent")
    assert texts[0] == "count" and ".size = twice(.count)" in texts and "fn twice" in texts[-1]
    assert found[1]["range"] == {"start": positions[1], "end": positions[1]}
    assert inside(found[2]["range"], FLOW) == "size"


def test_calls_within_a_step_and_from_it(client: Started, folder: Path) -> None:
    uri = (folder / "flow.yaml").as_uri()
    ask = {"textDocument": {"uri": uri}, "position": at(FLOW, "twice(.")}
    (item,) = client.ask("textDocument/prepareCallHierarchy", ask)
    assert inside(item["selectionRange"], FLOW) == "twice"
    (call,) = client.ask("callHierarchy/incomingCalls", {"item": item})
    assert [inside(each, FLOW) for each in call["fromRanges"]] == ["twice"]
    called = client.ask("callHierarchy/outgoingCalls", {"item": call["from"]})
    assert {each["to"]["name"] for each in called} == {"twice", "shout"}
    shout = next(each["to"] for each in called if each["to"]["name"] == "shout")
    assert shout["uri"] == (folder / "texts.dtl").as_uri()
    callers = client.ask("callHierarchy/incomingCalls", {"item": shout})
    assert {each["from"]["uri"] for each in callers} == {uri, (folder / "main.dtl").as_uri()}


@pytest.mark.parametrize("start", ["flow.yaml", "texts.dtl", "main.dtl"])
def test_a_function_is_renamed_from_wherever_it_stands(client: Started, folder: Path, start: str) -> None:
    text = (folder / start).read_text(encoding="utf-8")
    client.open((folder / start).as_uri(), text)
    ask = {"textDocument": {"uri": (folder / start).as_uri()}, "position": at(text, "shout")}
    changes = client.ask("textDocument/rename", {**ask, "newName": "loud"})["changes"]
    assert {uri.rpartition("/")[2]: len(edits) for uri, edits in changes.items()} == {
        "flow.yaml": 1,
        "texts.dtl": 1,
        "main.dtl": 1,
    }
    assert client.error("textDocument/rename", {**ask, "newName": "upcase"}) == -32803


@pytest.mark.parametrize("start", ["texts.dtl", "main.dtl"])
def test_a_field_is_renamed_in_what_imports_and_is_imported(client: Started, folder: Path, start: str) -> None:
    text = (folder / start).read_text(encoding="utf-8")
    client.open((folder / start).as_uri(), text)
    ask = {"textDocument": {"uri": (folder / start).as_uri()}, "position": at(text, ".user", 2)}
    changes = client.ask("textDocument/rename", {**ask, "newName": "person"})["changes"]
    assert {uri.rpartition("/")[2] for uri in changes} == {"texts.dtl", "main.dtl"}
    places = client.ask("textDocument/references", {**ask, "context": {"includeDeclaration": True}})
    assert {each["uri"].rpartition("/")[2] for each in places} == {"texts.dtl", "main.dtl"}


def test_files_to_import_are_completed(client: Started, folder: Path) -> None:
    (folder / "shared").mkdir()
    uri = (folder / "new.dtl").as_uri()
    client.open(uri, 'import "')
    found = client.at("completion", uri, 0, 8)
    assert [item["label"] for item in found["items"]] == ["main.dtl", "texts.dtl", "shared/", "../"]


def test_the_findings_of_the_workspace_name_each_file_once(client: Started, folder: Path) -> None:
    items = client.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    names = sorted(item["uri"].rpartition("/")[2] for item in items)
    assert names == ["flow.yaml", "main.dtl", "texts.dtl"]
    symbols = client.ask("workspace/symbol", {"query": "twice"})
    assert [(each["name"], each["location"]["uri"].rpartition("/")[2]) for each in symbols] == [("twice", "flow.yaml")]


def test_a_changed_sample_brings_other_values(client: Started, folder: Path) -> None:
    uri = (folder / "flow.yaml").as_uri()
    client.diagnostics(uri)
    sample = folder / "flow.clean.sample.jsonl"
    sample.write_text('{"count": 300, "user": "bob"}\n', encoding="utf-8")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": sample.as_uri(), "type": 2}]})
    whole = {"start": {"line": 7, "character": 0}, "end": {"line": 8, "character": 0}}
    for _ in range(100):
        hints = client.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
        if "= 600" in [hint["label"] for hint in hints]:
            return
        time.sleep(0.1)
    raise AssertionError(hints)
