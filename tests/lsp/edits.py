"""Random edits of real programs, answered by a real server as if the text had just been opened.

`python -m tests.lsp.edits --count 10000 --seed 1 [FILE...]` edits each of the files in turn (`.dtl`, `.vrl`, or
`.jsonl` with programs under "source"; by default the repository's examples) and asks everything about each version
twice: of the document that was edited, and of one that is opened with that text.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ide.edits import PIECES
from tests.lsp.client import ROOT, Started

#: After so many edits a text is what it was at the start again.
_SITTING = 40
_AT = ("hover", "completion", "signatureHelp", "definition", "references", "documentHighlight", "prepareRename")
_IN_RANGE = ("inlayHint", "codeAction", "rangeFormatting", "semanticTokens/range")
_WHOLE = ("diagnostic", "semanticTokens/full", "documentSymbol", "foldingRange", "formatting", "codeLens")
_INTERNAL_ERROR = -32603


@dataclass(frozen=True)
class Program:
    """A program to edit; its dialect is "dtl" or "vrl"."""

    name: str
    text: str
    dialect: str


def programs(paths: Iterable[Path]) -> list[Program]:
    """Read programs; of a file of cases, those that are longer than a line or two."""
    found = []
    for path in paths:
        if path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                case = json.loads(line)
                if len(case["source"]) > 120:
                    found.append(Program(case["id"], case["source"], "vrl"))
        else:
            found.append(Program(path.name, path.read_text(encoding="utf-8"), path.suffix.removeprefix(".")))
    return found


def versions(text: str, chance: random.Random) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Edit a text at random places; give the span that is replaced, what replaces it, and the new text."""
    while True:
        start = chance.randrange(len(text) + 1)
        kind = chance.random()
        end, new = start, ""
        if kind < 0.55:
            new = chance.choice(PIECES)
        elif kind < 0.85:
            end = min(len(text), start + chance.randrange(1, 8))
        else:
            other = chance.randrange(len(text) + 1)
            new = text[other : other + chance.randrange(1, 40)]
        text = text[:start] + new + text[end:]
        yield (start, end), new, text


def position(text: str, offset: int) -> dict[str, int]:
    """Return an offset as a line and a column of UTF-16."""
    start = text.rfind("\n", 0, offset) + 1
    return {"line": text.count("\n", 0, offset), "character": len(text[start:offset].encode("utf-16-le")) // 2}


class Twice:
    """A server with the edited document, and now and then a fresh one with the same text."""

    def __init__(self, client: Started) -> None:
        self.client = client
        self.count = 0
        client.initialize({"textDocument": {"diagnostic": {}}, "general": {"positionEncodings": ["utf-16"]}})

    def edit(self, program: Program, count: int, chance: random.Random) -> None:
        """Edit a program and compare the answers after each edit.

        Raises:
            AssertionError: They differ, or one is an error of the server.
        """
        client = self.client
        uri = f"file:///edited.{program.dialect}"
        client.open(uri, program.text)
        text = program.text
        for span, new, after in versions(program.text, chance):
            place = {"start": position(text, span[0]), "end": position(text, span[1])}
            client.change(uri, {"range": place, "text": new})
            text = after
            self.compare(uri, text, chance)
            self.count += 1
            count -= 1
            if not count:
                break
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def compare(self, uri: str, text: str, chance: random.Random) -> None:
        """Ask everything of the document and of a fresh one."""
        client = self.client
        fresh = uri.replace("edited", "fresh")
        client.open(fresh, text)
        asked = list(_questions(text, chance))
        sent = [[client.send(method, {**params, "textDocument": {"uri": each}}) for each in (uri, fresh)]
                for method, params in asked]  # fmt: skip
        client.notify("textDocument/didClose", {"textDocument": {"uri": fresh}})
        for (method, params), ids in zip(asked, sent, strict=True):
            edited, opened = (_plain(client.answer(id), each) for id, each in zip(ids, (uri, fresh), strict=True))
            assert str(_INTERNAL_ERROR) not in edited[:80], f"{method} {params}: {edited}\n{text}"
            assert edited == opened, f"{method} {params}:\n{_difference(edited, opened)}\n{text}"
        logged = [each for each in client.notifications if each["method"] == "window/logMessage"]
        client.notifications.clear()
        assert not logged, f"{logged}\n{text}"


def _questions(text: str, chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give requests of every kind about random places."""
    for name in _WHOLE:
        yield f"textDocument/{name}", {}
    places = [position(text, chance.randrange(len(text) + 1)) for _ in range(2)]
    places.sort(key=lambda place: (place["line"], place["character"]))
    for name in _AT:
        place = chance.choice(places)
        yield f"textDocument/{name}", {"position": place, "context": {"includeDeclaration": True}}
    for name in _IN_RANGE:
        place = {"start": places[0], "end": chance.choice(places)}
        yield f"textDocument/{name}", {"range": place, "context": {"diagnostics": []}}
    yield "textDocument/rename", {"position": places[0], "newName": "another_name"}
    yield "textDocument/selectionRange", {"positions": places}
    yield "textDocument/prepareCallHierarchy", {"position": places[1]}


def _difference(one: str, other: str) -> str:
    """Return the places where two texts begin to differ."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return "\n".join(f"... {text[max(0, at - 200) : at + 300]}" for text in (one, other))


def _plain(answer: dict[str, Any], uri: str) -> str:
    """Return an answer as text, without what names the document or the answer."""
    found = answer.get("result", answer.get("error"))
    if isinstance(found, dict):
        found = {name: value for name, value in found.items() if name != "resultId"}
    prefix = "error " if "error" in answer else ""
    return prefix + json.dumps(found, sort_keys=True).replace(uri, "")


def run(chosen: list[Program], count: int, seed: int, *, tell: bool = False) -> int:
    """Make edits, some of each program in turn; return how many were made."""
    chance = random.Random(seed)
    begun = time.monotonic()
    with Started() as client:
        twice = Twice(client)
        while twice.count < count:
            program = chosen[twice.count // _SITTING % len(chosen)]
            try:
                twice.edit(program, min(_SITTING, count - twice.count), chance)
            except AssertionError as problem:
                raise AssertionError(f"{program.name}, edit {twice.count} of seed {seed}: {problem}") from None
            if tell and twice.count % 1_000 < _SITTING:
                print(f"{twice.count:,} edits, {time.monotonic() - begun:.0f} s", flush=True)
        client.leave()
        assert client.process.wait(10) == 0
    return twice.count


def main() -> int:
    """Make edits and say how many were answered alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chosen = programs(arguments.files or sorted((ROOT / "examples").glob("*.dtl")))
    random.Random(arguments.seed).shuffle(chosen)
    count = run(chosen, arguments.count, arguments.seed, tell=True)
    print(f"{count:,} random edits of {len(chosen)} programs: answered as by a fresh start (seed {arguments.seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
