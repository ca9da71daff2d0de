"""A first program, with the mistakes that people make: each is found in its line, said why, and shown a way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lsp.client import Started

# A line and what its finding must say, in its message, in what is related to it, or as the title of an action.
LINES = [
    (".id = upcse(.id)", "did you mean `upcase`?"),
    (".data = parse_json(.message)", "abort on error: `parse_json!`"),
    (".name = user.name", "a field of the event is written with a dot before it: `.user`"),
    (".size = upcase(5)", "convert: `to_string(...)`"),
    (".text = “hello”", 'programs have `"`'),
    ("if .a and .b { .c = 1 }", "`and` is written `&&`"),
    ("if .a = 1 { .b = 2 }", "`==`"),
    (".d = .foo?.bar", "no `?` is needed"),
    ('.e = "n" + 1', "to_string(1)"),
    (".f = .g == None", "did you mean `null`?"),
    ("if .a == 1 { .b = 2 } elif .c { .b = 3 }", "`elif` is written `else if`"),
    (".h = [1, 2", "the `[` of `.h = [1, 2` is not closed"),
]
URI = "file:///test/first.dtl"


def test_every_mistake_is_found_and_shown_a_way_out() -> None:
    text = "\n".join(line for line, _ in LINES) + "\n"
    with Started() as client:
        client.initialize()
        client.open(URI, text)
        found = client.diagnostics(URI)
        for number, (line, way_out) in enumerate(LINES):
            mine = [each for each in found if each["range"]["start"]["line"] == number]
            # What is not closed is seen where the next line, or the end, comes.
            mine = mine or [each for each in found if each["range"]["start"]["line"] == number + 1]
            assert mine, line
            assert any(way_out in each for each in said(client, mine)), (line, said(client, mine))


def said(client: Started, found: list[dict[str, Any]]) -> list[str]:
    """Return all that findings say: their messages, what is related to them, and the actions that they bring."""
    texts = []
    for each in found:
        texts.append(each["message"])
        texts += [related["message"] for related in each.get("relatedInformation", ())]
        asked = {"textDocument": {"uri": URI}, "range": each["range"], "context": {"diagnostics": [each]}}
        texts += [action["title"] for action in client.ask("textDocument/codeAction", asked)]
    return texts


def test_a_mistake_in_an_imported_file_is_told_at_its_import_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "good.dtl").write_text("fn one() -> integer { 1 }\n", encoding="utf-8")
    (tmp_path / "middle.dtl").write_text('import "wrong.dtl"\n', encoding="utf-8")
    (tmp_path / "wrong.dtl").write_text("\nfn two() -> string { 2 }\n", encoding="utf-8")
    uri = (tmp_path / "main.dtl").as_uri()
    with Started() as client:
        client.initialize(rootUri=tmp_path.as_uri())
        client.open(uri, 'import "good.dtl"\nimport "middle.dtl"\n.a = one()\n')
        (found,) = client.diagnostics(uri)
        assert found["range"]["start"] == {"line": 1, "character": 7}
        assert found["message"].startswith("in wrong.dtl: ")
        place = found["relatedInformation"][0]["location"]
        assert place["uri"] == (tmp_path / "wrong.dtl").as_uri()
        assert place["range"]["start"] == {"line": 1, "character": 21 - 2}
