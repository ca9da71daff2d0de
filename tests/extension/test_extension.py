"""The editor extension: generated files are fresh, every word has its colour, what it declares is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dtl.functions.standard import standard_library
from dtl.reference.snippets import calls, forms
from dtl.reference.textmate import files, grammar, words
from dtl.source import Source
from dtl.syntax.parser import parse
from dtl.syntax.tokens import RESERVED
from tests.support.repository import ROOT

FOLDER = ROOT / "vscode-extension"
MANIFEST = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
MADE = files()


@pytest.mark.parametrize("path", MADE)
def test_generated_files_are_fresh(path: str) -> None:
    text = (FOLDER / path).read_text(encoding="utf-8")
    assert text == MADE[path], "run `python -m dtl.reference.textmate`"


@pytest.mark.parametrize("dialect", ["dtl", "vrl"])
def test_every_word_and_function_is_in_the_grammar(dialect: str) -> None:
    repository = grammar(dialect, standard_library())["repository"]
    keywords = {word for word in words() if _matched(repository["keywords"], word)}
    assert keywords >= ({"if", "null", "string"} if dialect == "vrl" else words())
    known = re.findall(r"\w+", repository["calls"]["patterns"][0]["match"])
    assert set(known) >= set(standard_library().names(dialect))


def _matched(rules: dict[str, list[dict[str, str]]], word: str) -> bool:
    return any(re.search(rf"(?<!\w){word}(?!\w)", rule["match"]) for rule in rules["patterns"])


@pytest.mark.parametrize("dialect", ["dtl", "vrl"])
def test_snippets_are_programs(dialect: str) -> None:
    bodies = ["\n".join(form["body"]) for form in forms(dialect).values() if form["prefix"] != "import"]
    bodies += [call["snippet"] for call in calls(dialect, standard_library())]
    wrong = [text for body in bodies if parse(Source(text := filled(body)), dialect)[1]]
    assert not wrong


def filled(body: str) -> str:
    """Return a snippet with every place filled as it is proposed."""
    for _ in range(3):  # places may stand in places
        body = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", body)
        body = re.sub(r"\$\{\d+:((?:[^}$\\]|\\.)*)\}", lambda place: _proposed(place[1]), body)
    return re.sub(r"\$\d+", "null", body)


def _proposed(text: str) -> str:
    # A parameter may have the name of a type, which no variable has.
    return "value" if text in RESERVED else re.sub(r"\\(.)", r"\1", text)


def test_what_the_manifest_names_exists() -> None:
    contributes = MANIFEST["contributes"]
    paths = [each["path"] for part in ("grammars", "snippets") for each in contributes[part]]
    paths += [each["configuration"] for each in contributes["languages"]]
    assert not [path for path in paths if not (FOLDER / path).is_file()]
    source = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "src").glob("*.ts"))
    for command in contributes["commands"]:
        assert f'"{command["command"]}"' in source
    for setting in contributes["configuration"]["properties"]:
        name = setting.removeprefix("dtl.")
        assert name == "trace.server" or f'"{name}"' in source, setting


def test_the_lock_file_names_no_registry() -> None:
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert json.loads(text)["packages"][""]["devDependencies"] == MANIFEST["devDependencies"]


NPM = shutil.which("npm")


@pytest.mark.skipif(
    NPM is None or not Path(FOLDER / "node_modules/vscode-tmgrammar-test").is_dir(), reason="needs `npm ci` there"
)
def test_the_grammars_colour_as_their_cases_say() -> None:
    done = subprocess.run([str(NPM), "run", "-s", "test:grammar"], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
