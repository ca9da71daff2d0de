"""Every answer has the form that the protocol prescribes, as read by another implementation of its types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dtl.lsp.capabilities import HOMES
from dtl.lsp.session import answer_of
from tests.lsp.client import Started
from tests.support.repository import ROOT

types = pytest.importorskip("lsprotocol.types", reason="lsprotocol (it comes with pygls) is not installed")
converters = pytest.importorskip("lsprotocol.converters")

TEXT = """\
# Twice as much.
fn twice(x: integer) -> integer { x * 2 }
message = string(.message) ?? ""
parts = split(message, ",", limit: 5)
if length(parts) > 2 {
  .a.b = twice(3)
}
unused = 1
.c = parse_json!("1") == 1 && .a.b == 6
.d   = upcase(message)
"""
POSITION = {"line": 5, "character": 11}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 10, "character": 0}}
REQUESTS: dict[str, dict[str, Any]] = {
    "textDocument/hover": {"position": POSITION},
    "textDocument/completion": {"position": POSITION},
    "textDocument/signatureHelp": {"position": {"line": 5, "character": 15}},
    "textDocument/definition": {"position": POSITION},
    "textDocument/declaration": {"position": POSITION},
    "textDocument/references": {"position": POSITION, "context": {"includeDeclaration": True}},
    "textDocument/documentHighlight": {"position": POSITION},
    "textDocument/prepareRename": {"position": POSITION},
    "textDocument/rename": {"position": POSITION, "newName": "double"},
    "textDocument/documentSymbol": {},
    "textDocument/foldingRange": {},
    "textDocument/selectionRange": {"positions": [POSITION]},
    "textDocument/semanticTokens/full": {},
    "textDocument/semanticTokens/full/delta": {"previousResultId": "none"},
    "textDocument/semanticTokens/range": {"range": RANGE},
    "textDocument/formatting": {"options": {"tabSize": 2, "insertSpaces": True}},
    "textDocument/rangeFormatting": {"range": RANGE, "options": {"tabSize": 2, "insertSpaces": True}},
    "textDocument/inlayHint": {"range": RANGE},
    "textDocument/codeAction": {"range": RANGE, "context": {"diagnostics": []}},
    "textDocument/codeLens": {},
    "textDocument/diagnostic": {},
    "textDocument/prepareCallHierarchy": {"position": POSITION},
}
OTHERS = {
    "workspace/symbol": {"query": "t"},
    "workspace/diagnostic": {"previousResultIds": []},
}


def structured(method: str, answer: dict[str, Any]) -> Any:
    """Return an answer as the other implementation reads it; it raises where the form is wrong."""
    response = types.METHOD_TO_TYPES[method][1]
    return converters.get_converter().structure(answer, response)


@pytest.mark.parametrize("tree", [True, False], ids=["symbols as a tree", "symbols as a list"])
def test_answers_have_the_form_of_the_protocol(tree: bool, tmp_path: Path) -> None:
    (tmp_path / "main.sample.jsonl").write_text('{"message": "a"}\n', encoding="utf-8")
    uri = (tmp_path / "main.dtl").as_uri()
    with Started() as client:
        capabilities = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": tree}}}
        begun = client.answer(client.send("initialize", {"processId": None, "capabilities": capabilities}))
        structured("initialize", begun)
        client.notify("initialized", {})
        client.open(uri, TEXT)
        for method, more in REQUESTS.items():
            answer = client.answer(client.send(method, {"textDocument": {"uri": uri}, **more}))
            assert answer.get("result"), (method, answer)
            structured(method, answer)
        for method, params in OTHERS.items():
            structured(method, client.answer(client.send(method, params)))
        item = client.at("prepareCallHierarchy", uri, **POSITION)[0]
        for method in ("callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"):
            structured(method, client.answer(client.send(method, {"item": item})))
        item = client.at("completion", uri, 9, 9)["items"][-1]
        structured("completionItem/resolve", client.answer(client.send("completionItem/resolve", item)))
        structured("shutdown", client.answer(client.send("shutdown")))


def test_every_method_is_tried() -> None:
    notifications = {name for name in HOMES if name.startswith("textDocument/did") or name.startswith("workspace/didC")}
    elsewhere = {"initialized", "workspace/executeCommand", "completionItem/resolve"}
    elsewhere |= {"callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"}
    assert set(HOMES) - notifications - elsewhere == {*REQUESTS, *OTHERS}


def test_the_table_of_methods_names_what_the_files_answer() -> None:
    folder = ROOT / "lsp" / "requests"
    assert {path.stem for path in folder.glob("[a-z]*.py")} == set(HOMES.values())
    for method in HOMES:
        assert callable(answer_of(method))
