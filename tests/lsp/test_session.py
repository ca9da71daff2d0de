"""Whole sessions over the standard streams and over TCP: the usual, and what a client may do wrong."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import COMMAND, ROOT, Client, Started

URI = "file:///test/main.dtl"
TEXT = """\
message = string(.message) ?? ""
.level = upcase(message)
if .level == "ERROR" {
  .alert = parse_json(message)
}
"""


@pytest.fixture
def client() -> Iterator[Started]:
    """Return a client in the middle of a session."""
    with Started() as started:
        started.initialize()
        yield started


def document(uri: str = URI) -> dict[str, Any]:
    """Return how requests name a document."""
    return {"textDocument": {"uri": uri}}


def place(line: int, character: int) -> dict[str, int]:
    """Return a position."""
    return {"line": line, "character": character}


# --- the usual ----------------------------------------------------------------------------------------


def test_a_session_from_start_to_end() -> None:
    with Started() as client:
        result = client.initialize()
        assert result["serverInfo"]["name"] == "dtl"
        assert result["capabilities"]["textDocumentSync"]["change"] == 2
        client.open(URI, TEXT)
        found = client.diagnostics(URI)
        assert [each["code"] for each in found] == ["E103"]
        assert found[0]["range"]["start"] == place(3, 11)
        assert found[0]["codeDescription"]["href"].endswith("/103")
        assert found[0]["relatedInformation"]
        client.change(URI, {"range": {"start": place(3, 21), "end": place(3, 21)}, "text": "!"})
        assert client.diagnostics(URI) == []
        assert "upcase(value: string)" in client.at("hover", URI, 1, 12)["contents"]["value"]
        labels = {item["label"] for item in client.at("completion", URI, 2, 4)["items"]}
        assert {"level", "alert", "message"} <= labels
        client.leave()
        assert client.process.wait(10) == 0


def test_every_keystroke_of_a_program_is_answered(client: Started) -> None:
    client.open(URI, "")
    line = character = 0
    for typed in TEXT:
        client.change(URI, {"range": {"start": place(line, character), "end": place(line, character)}, "text": typed})
        line, character = (line + 1, 0) if typed == "\n" else (line, character + 1)
        client.at("completion", URI, line, character)
        client.at("signatureHelp", URI, line, character)
    found = client.ask("textDocument/diagnostic", document())
    assert [each["code"] for each in found["items"]] == ["E103"]


def test_pull_diagnostics_know_what_the_client_has(client: Started) -> None:
    client.open(URI, TEXT)
    first = client.ask("textDocument/diagnostic", document())
    again = client.ask("textDocument/diagnostic", {**document(), "previousResultId": first["resultId"]})
    assert first["kind"] == "full" and again["kind"] == "unchanged"
    assert "message" not in again


def test_nothing_is_pushed_to_a_client_that_pulls() -> None:
    with Started() as client:
        client.initialize({"textDocument": {"diagnostic": {}}})
        client.open(URI, TEXT)
        assert client.ask("textDocument/diagnostic", document())["items"]
        client.ask("textDocument/foldingRange", document())
        assert not [m for m in client.notifications if m["method"] == "textDocument/publishDiagnostics"]


def test_workspace_diagnostics_and_imports(tmp_path: Path) -> None:
    library, main = tmp_path / "lib.dtl", tmp_path / "main.dtl"
    library.write_text("fn twice(x: integer) { x * 2 }\n")
    main.write_text('import "lib.dtl"\n.a = twice("no")\n')
    with Started() as client:
        client.initialize(workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "w"}])
        items = client.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
        assert {Path(each["uri"]).name: [d["code"] for d in each["items"]] for each in items} == {
            "lib.dtl": [],
            "main.dtl": ["E110"],
        }
        client.open(main.as_uri(), main.read_text())
        assert [d["code"] for d in client.diagnostics(main.as_uri())] == ["E110"]
        # The library as it is in the editor counts, not as it is on disk.
        client.open(library.as_uri(), "fn twice(x: string) { x }\n")
        assert client.diagnostics(main.as_uri()) == []
        found = client.at("definition", main.as_uri(), 1, 6)
        assert found == {"uri": library.as_uri(), "range": {"start": place(0, 3), "end": place(0, 8)}}
        changes = client.at("rename", main.as_uri(), 1, 6, newName="double")["changes"]
        assert set(changes) == {main.as_uri(), library.as_uri()}
        assert client.ask("workspace/symbol", {"query": "tw"})[0]["name"] == "twice"


def test_the_sample_beside_a_script(tmp_path: Path) -> None:
    script = tmp_path / "a.dtl"
    text = ".sum = .count + 1\n.name = upcase!(.user.name)\n"
    (tmp_path / "a.sample.jsonl").write_text('{"count": 2, "user": {"name": "ann"}}\n{"count": 3}\nnot json\n')
    with Started() as client:
        client.initialize({"workspace": {"inlayHint": {"refreshSupport": True}}})
        client.open(script.as_uri(), text)
        client.diagnostics(script.as_uri())
        client.change(script.as_uri(), text + ".")
        labels = {item["label"] for item in client.at("completion", script.as_uri(), 2, 1)["items"]}
        assert {"count", "user"} <= labels
        client.change(script.as_uri(), text)
        lens = client.ask("textDocument/codeLens", document(script.as_uri()))[0]["command"]
        assert lens["command"] == "dtl.runOnSample"
        ran = client.ask("workspace/executeCommand", {"command": lens["command"], "arguments": lens["arguments"]})
        assert [run["status"] for run in ran["runs"]] == ["ok", "failed"]
        assert ran["runs"][0]["event"]["sum"] == 3
        assert ran["runs"][1]["range"]["start"]["line"] == 1
        whole = {**document(script.as_uri()), "range": {"start": place(0, 0), "end": place(9, 0)}}
        for _ in range(100):
            hints = [hint["label"] for hint in client.ask("textDocument/inlayHint", whole)]
            if "= 3" in hints:
                break
            time.sleep(0.1)
        assert "= 3" in hints and '= "ANN"' in hints
        (tmp_path / "a.sample.jsonl").write_text('{"other": 1}\n')
        client.notify(
            "workspace/didChangeWatchedFiles",
            {"changes": [{"uri": (tmp_path / "a.sample.jsonl").as_uri(), "type": 2}]},
        )
        client.change(script.as_uri(), text + ".")
        labels = {item["label"] for item in client.at("completion", script.as_uri(), 2, 1)["items"]}
        assert "other" in labels and "user" not in labels - {"user"}


def test_a_sample_named_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "dtl.toml").write_text('[samples]\n"a.dtl" = "data/events.json"\n')
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "events.json").write_text('[{"from_config": 1}]')
    with Started() as client:
        client.initialize()
        client.open((tmp_path / "a.dtl").as_uri(), ".x = .")
        labels = {item["label"] for item in client.at("completion", (tmp_path / "a.dtl").as_uri(), 0, 6)["items"]}
        assert "from_config" in labels


def test_code_actions_are_applied_as_edits(client: Started) -> None:
    client.open(URI, 'x = upcase!("a")\n.a = x\n')
    client.diagnostics(URI)
    at = {"range": {"start": place(0, 8), "end": place(0, 8)}, "context": {"diagnostics": []}}
    found = client.ask("textDocument/codeAction", {**document(), **at})
    fix = next(each for each in found if each["title"] == "remove the `!`")
    assert fix["isPreferred"] and fix["kind"] == "quickfix"
    assert fix["edit"]["changes"][URI] == [{"range": {"start": place(0, 10), "end": place(0, 11)}, "newText": ""}]
    at["context"]["only"] = ["source.fixAll"]
    assert [each["kind"] for each in client.ask("textDocument/codeAction", {**document(), **at})] == [
        "source.fixAll.dtl"
    ]


def test_semantic_tokens_in_deltas(client: Started) -> None:
    client.open(URI, TEXT)
    full = client.ask("textDocument/semanticTokens/full", document())
    assert len(full["data"]) % 5 == 0 and full["data"]
    client.change(URI, TEXT.replace("ERROR", "FATAL") + ".x = 1\n")
    params = {**document(), "previousResultId": full["resultId"]}
    delta = client.ask("textDocument/semanticTokens/full/delta", params)
    data = list(full["data"])
    for edit in delta["edits"]:
        data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit["data"]
    assert data == client.ask("textDocument/semanticTokens/full", document())["data"]


def test_tcp_serves_one_client_on_the_loopback() -> None:
    process = subprocess.Popen([*COMMAND, "--tcp", "0"], stderr=subprocess.PIPE, cwd=ROOT)
    try:
        assert process.stderr is not None
        match = re.search(rb"127\.0\.0\.1:(\d+)", process.stderr.readline())
        assert match is not None
        with socket.create_connection(("127.0.0.1", int(match[1]))) as connection:
            client = Client(connection.makefile("rb"), connection.makefile("wb"))
            client.initialize()
            client.open(URI, TEXT)
            assert len(client.diagnostics(URI)) == 1
            client.leave()
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


# --- positions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("encodings", "column"), [(None, 14), (["utf-32", "utf-16"], 12)])
def test_columns_count_as_agreed(encodings: list[str] | None, column: int) -> None:
    with Started() as client:
        client.initialize({"general": {"positionEncodings": encodings}} if encodings else {})
        client.open(URI, '.a = "😀😀"; .b = foo(1)\n')
        found = client.diagnostics(URI)[0]["range"]
        assert found["start"]["character"] == column + 4
        client.change(URI, {"range": {"start": place(0, 0), "end": place(0, column - 2)}, "text": ""})
        assert client.diagnostics(URI)[0]["range"]["start"]["character"] == 6


def test_positions_outside_of_the_text_are_moved_into_it(client: Started) -> None:
    client.open(URI, TEXT)
    for line, character in ((-1, -1), (0, 10_000), (10_000, 0), (2**31, 2**31), (4, 2)):
        for method in ("hover", "completion", "signatureHelp", "definition", "documentHighlight", "prepareRename"):
            client.at(method, URI, line, character)
    client.change(URI, {"range": {"start": place(999, 9), "end": place(9999, 0)}, "text": ".last = 1"})
    client.change(URI, {"range": {"start": place(3, 9), "end": place(0, 0)}, "text": ""})
    client.ask("textDocument/diagnostic", document())


def test_half_a_surrogate_pair(client: Started) -> None:
    client.open(URI, '.a = "😀"\n')
    client.at("hover", URI, 0, 7)
    client.change(URI, {"range": {"start": place(0, 7), "end": place(0, 7)}, "text": "x"})
    client.write_bytes(
        b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":'
        b'{"uri":"file:///lone.dtl","version":1,"text":".a = \\"\\ud83d\\"\\n.b = foo(\\udc00)"}}}'
    )
    assert client.ask("textDocument/diagnostic", document("file:///lone.dtl"))["items"]
    client.at("hover", "file:///lone.dtl", 0, 7)


def test_other_line_ends(client: Started) -> None:
    client.open(URI, ".a = 1\r\n.b = foo(1)\r.c = 2")
    found = client.ask("textDocument/diagnostic", document())["items"]
    assert found[0]["range"]["start"]["line"] in (1, 2)


# --- wrong messages -----------------------------------------------------------------------------------


def test_requests_before_initialize_and_after_shutdown() -> None:
    with Started() as client:
        assert client.error("textDocument/hover", {}) == -32002
        client.notify("textDocument/didOpen", {})
        assert client.error("initialize", "no object") == -32602
        client.initialize()
        assert client.error("initialize", {"capabilities": {}}) == -32600
        client.ask("shutdown")
        assert client.error("textDocument/hover", {}) == -32600
        client.notify("exit")
        assert client.process.wait(10) == 0


def test_exit_without_shutdown_is_a_failure(client: Started) -> None:
    client.notify("exit")
    assert client.process.wait(10) == 1


def test_unknown_methods_and_malformed_requests(client: Started) -> None:
    assert client.error("textDocument/nonsense", {}) == -32601
    assert client.error("workspace/executeCommand", {"command": "rm"}) == -32601
    client.notify("$/unknown", {})
    client.notify("nonsense", [1, 2])
    for params in (None, [], {}, {"textDocument": 5}, {"textDocument": {"uri": 5}}, document("file:///not/open.dtl")):
        assert client.error("textDocument/hover", params) == -32602
    client.open(URI, TEXT)
    for position in (None, 5, {"line": "a", "character": 0}, {"line": 0}, {"line": None, "character": []}):
        assert client.error("textDocument/hover", {**document(), "position": position}) == -32602
    assert client.error("textDocument/rename", {**document(), "position": place(0, 0)}) == -32602
    assert client.error("textDocument/selectionRange", {**document(), "positions": 5}) == -32602
    assert client.error("callHierarchy/incomingCalls", {"item": 1}) == -32602
    client.notify("textDocument/didChange", {**document(), "contentChanges": [{"text": 5}]})
    client.notify("textDocument/didChange", {**document(), "contentChanges": 5})
    client.notify("textDocument/didOpen", {"textDocument": {"uri": URI}})
    client.notify("textDocument/didClose", document("file:///never.dtl"))
    assert len(client.ask("textDocument/diagnostic", document())["items"]) == 1


def test_what_is_no_request(client: Started) -> None:
    for body in (b"not json", b"[]", b"5", b"\xff\xfe", b'{"method": 5}', b"[" * 100_000):
        client.write_bytes(body)
    client.write({"jsonrpc": "2.0", "id": None, "method": "textDocument/hover"})
    client.write({"jsonrpc": "2.0", "id": {"a": 1}, "method": "textDocument/hover"})
    client.write({"jsonrpc": "2.0", "id": 99, "result": "of nothing"})
    client.open(URI, TEXT)
    assert len(client.diagnostics(URI)) == 1


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02" * 9_000, b"Content-Length: -5\r\n\r\n{}", b"Content-Length: 99999999999\r\n\r\n"]
)
def test_a_stream_that_is_not_the_protocol_ends_the_server(client: Started, data: bytes) -> None:
    client.sink.write(data)
    client.sink.flush()
    assert client.process.wait(10) == 1


def test_a_request_can_be_cancelled(client: Started) -> None:
    client.open(URI, TEXT * 50)
    ids = [client.send("textDocument/semanticTokens/full", document()) for _ in range(30)]
    client.notify("$/cancelRequest", {"id": ids[-1]})
    answers = [client.answer(id) for id in ids]
    assert answers[-1].get("error", {"code": -32800})["code"] == -32800
    client.notify("$/cancelRequest", {"id": "unknown"})
    client.notify("$/cancelRequest", 5)


# --- hard texts ---------------------------------------------------------------------------------------


def test_a_binary_file(client: Started) -> None:
    text = bytes(range(256)).decode("latin-1") * 40 + "\x00\n.a = 1\n"
    client.open(URI, text)
    assert client.ask("textDocument/diagnostic", document())["items"]
    for character in (0, 100, 5_000):
        client.at("hover", URI, 0, character)
        client.at("completion", URI, 0, character)


def test_a_program_of_five_megabytes(client: Started) -> None:
    text = ".field = upcase!(.message)\n" * 190_000
    begun = time.monotonic()
    client.open(URI, text)
    found = client.diagnostics(URI, timeout=60)
    assert "too long" in found[0]["message"]
    assert time.monotonic() - begun < 20
    for method in ("hover", "completion", "definition"):
        client.at(method, URI, 100_000, 10)
    if (status := Path(f"/proc/{client.process.pid}/status")).exists():
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        assert peak is not None and int(peak[1]) < 400_000
    client.change(URI, {"range": {"start": place(0, 0), "end": place(189_990, 0)}, "text": ".x = foo(1)\n"})
    assert client.diagnostics(URI)[0]["code"] == "E105"


def test_deep_nesting(client: Started) -> None:
    for text in (
        "(" * 50_000,
        "[" * 400_000,
        ".a = " + "[" * 3_000 + "]" * 3_000,
        "if true { " * 2_000,
        "!" * 100_000 + "true",
    ):
        client.open(URI, text)
        assert client.ask("textDocument/diagnostic", document())["items"]
        client.at("hover", URI, 0, 1_000)
        client.at("completion", URI, 0, len(text))
        client.ask("textDocument/semanticTokens/full", document())
        client.ask("textDocument/foldingRange", document())


# --- leaving ------------------------------------------------------------------------------------------


def test_a_client_that_closes_its_end(client: Started) -> None:
    client.open(URI, TEXT)
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(10) == 1
    client.process.stdin = open(os.devnull, "wb")  # noqa: SIM115  # the fixture closes it again


@pytest.mark.skipif(os.name != "posix", reason="processes are looked for in another way there")
def test_a_client_that_dies_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.sample.jsonl").write_text('{"a": 1}\n')
    parent = subprocess.Popen(["sleep", "60"])
    with Started() as client:
        client.ask("initialize", {"processId": parent.pid, "capabilities": {}})
        client.notify("initialized", {})
        uri = (tmp_path / "a.dtl").as_uri()
        client.open(uri, ".b = .a\n")
        client.ask("workspace/executeCommand", {"command": "dtl.runOnSample", "arguments": [uri]})
        children = _children(client.process.pid)
        assert children
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert client.process.wait(15) == 1
    deadline = time.monotonic() + 10
    while any(_is_running(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if _is_running(pid)]


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
