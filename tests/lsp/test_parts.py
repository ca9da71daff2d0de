"""Programs inside of YAML and TOML files get what programs of their own get, at their places in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dtl.embedded import programs
from tests.lsp.client import Started

YAML = """\
# ünï 😀
ai_models:
  writer: {provider: openai, model: gpt-4o-mini}
transforms:
  clean:
    type: dtl
    config:
      source: |
        name = "a"
        .user  =  upcase(name)

        .size = length(.items)
  keep:
    type: filter
    config:
      condition: "size > 1 && stat == \\"gone\\""
  parse:
    type: remap
    source: '.time = to_timestamp!(.time); .kind = ''x'''
"""
TOML = """\
[transforms.parse]
type = "remap"
source = '''
.a = parse_json(.message)
'''
"""
URI = "file:///test/flow.yaml"


@pytest.fixture(scope="module")
def client() -> Iterator[Started]:
    """Return a client in the middle of a session, with the file open."""
    with Started() as started:
        started.initialize({"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}})
        started.open(URI, YAML, "yaml")
        yield started


def place(part: str, more: int = 0, text: str = YAML) -> dict[str, Any]:
    """Return the position of the first place of a text, as requests name it."""
    at = text.index(part) + more
    before = text[:at]
    column = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
    return {"textDocument": {"uri": URI}, "position": {"line": before.count("\n"), "character": column}}


def inside(range: dict[str, Any], text: str = YAML) -> str:
    """Return the text of a range; no line in these files that is asked about has a surrogate pair."""
    lines = text.split("\n")
    starts = [
        sum(len(line) + 1 for line in lines[:number]) for number in (range["start"]["line"], range["end"]["line"])
    ]
    return text[starts[0] + range["start"]["character"] : starts[1] + range["end"]["character"]]


def applied(edits: list[dict[str, Any]], text: str = YAML) -> str:
    """Return a text after edits."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines) + 1)]

    def offset(position: dict[str, int]) -> int:
        return starts[position["line"]] + position["character"]

    for edit in sorted(edits, key=lambda each: offset(each["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def test_findings_are_at_their_places() -> None:
    with Started() as client:
        client.initialize()
        client.open(URI, YAML, "yaml")
        found = [(each["code"], inside(each["range"])) for each in client.diagnostics(URI)]
        assert ("E105", "to_timestamp") in found
        assert ("E203", "'") in found or ("E203", "''") in found or len(found) >= 2
        assert not [text for code, text in found if code == "E203" and ":" in text]
        client.change(URI, YAML.replace("length(.items)", "lengthy(.items)"))
        assert ("E105", "lengthy") in [
            (each["code"], inside(each["range"], YAML.replace("length(.items)", "lengthy(.items)")))
            for each in client.diagnostics(URI)
        ]
        client.change(URI, "transforms: [\n")
        assert client.diagnostics(URI) == []


def test_hover_definition_and_references(client: Started) -> None:
    hover = client.ask("textDocument/hover", place("upcase"))
    assert "upcase" in hover["contents"]["value"]
    assert inside(hover["range"]).startswith("upcase")
    target = client.ask("textDocument/definition", place("(name", 1))
    target = target[0] if isinstance(target, list) else target
    assert inside(target.get("range") or target["targetRange"]) == "name"
    references = client.ask("textDocument/references", {**place("(name", 1), "context": {"includeDeclaration": True}})
    assert [inside(each["range"]) for each in references] == ["name", "name"]
    assert client.ask("textDocument/hover", place("transforms")) is None


def test_completion(client: Started) -> None:
    found = client.ask("textDocument/completion", place("length(.items", 3))
    assert "length" in [each["label"] for each in found["items"]]
    [item] = [each for each in found["items"] if each["label"] == "length"]
    assert inside(item["textEdit"]["range"]) == "length"
    assert client.ask("textDocument/completion", place("type: dtl", 3)) is None


def test_rename(client: Started) -> None:
    changes = client.ask("textDocument/rename", {**place("(name", 1), "newName": "title"})["changes"][URI]
    changed = applied(changes)
    assert 'title = "a"' in changed and "upcase(title)" in changed


def test_formatting_keeps_the_margin(client: Started) -> None:
    edits = client.ask("textDocument/formatting", {"textDocument": {"uri": URI}, "options": {}})
    changed = applied(edits)
    assert "\n        .user = upcase(name)\n\n        .size" in changed
    before, after = programs(URI, YAML), programs(URI, changed)
    assert [each.path for each in before] == [each.path for each in after]
    assert after[0].source.text == before[0].source.text.replace(".user  =  ", ".user = ")


def test_each_action_leaves_a_file_with_the_same_programs(client: Started) -> None:
    titles = []
    for part in ("length(.items)", "upcase(name)", 'name = "a"', "to_timestamp", "stat "):
        at = place(part)["position"]
        end = {**at, "character": at["character"] + len(part)}
        asked = {"textDocument": {"uri": URI}, "range": {"start": at, "end": end}, "context": {"diagnostics": []}}
        for action in client.ask("textDocument/codeAction", asked):
            titles.append(action["title"])
            changed = applied(action["edit"]["changes"][URI])
            assert [each.path for each in programs(URI, changed)] == [each.path for each in programs(URI, YAML)], (
                changed
            )
    assert titles


def test_lists_of_all_programs(client: Started) -> None:
    whole = {"textDocument": {"uri": URI}}
    symbols = client.ask("textDocument/documentSymbol", whole)
    assert symbols
    for symbol in symbols:
        spot = symbol.get("selectionRange") or symbol["location"]["range"]
        assert symbol["name"].lstrip(".%") in inside(spot)
    data = client.ask("textDocument/semanticTokens/full", whole)["data"]
    line = column = 0
    words = []
    for at in range(0, len(data), 5):
        column = data[at + 1] + (column if data[at] == 0 else 0)
        line += data[at]
        words.append(YAML.split("\n")[line][column : column + data[at + 2]])
    assert "upcase" in words and "name" in words and "to_timestamp" in words
    hints = client.ask(
        "textDocument/inlayHint",
        {**whole, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 30, "character": 0}}},
    )
    assert isinstance(hints, list)
    assert client.ask("textDocument/foldingRange", whole) is not None


def test_toml() -> None:
    uri = "file:///test/vector.toml"
    with Started() as client:
        client.initialize()
        client.open(uri, TOML, "toml")
        [found] = client.diagnostics(uri)
        assert (found["code"], inside(found["range"], TOML)) == ("E103", "parse_json(.message)")
        client.open("file:///test/other.toml", "[package]\nname = 'x'\n[\n", "toml")
        assert client.diagnostics("file:///test/other.toml") == []


@pytest.mark.parametrize(
    "method",
    [
        "textDocument/hover", "textDocument/completion", "textDocument/signatureHelp", "textDocument/codeLens",
        "textDocument/selectionRange", "textDocument/prepareCallHierarchy", "textDocument/prepareRename",
        "textDocument/codeAction", "textDocument/rangeFormatting", "textDocument/inlayHint",
    ],
)  # fmt: skip
def test_no_place_is_too_bad(client: Started, method: str) -> None:
    for line, column in [(0, 0), (4, 2), (8, 0), (8, 200), (15, 22), (10_000, 3)]:
        position = {"line": line, "character": column}
        client.ask(
            method,
            {
                "textDocument": {"uri": URI},
                "position": position,
                "positions": [position],
                "range": {"start": position, "end": position},
                "context": {"diagnostics": []},
                "options": {},
            },
        )
