"""What the documents say about files and tests is so."""

from __future__ import annotations

import re

import pytest

from tests.support.repository import ROOT
from tests.tidy.test_layers import LAYERS

_FOLDERS = r"dtl|stdlib|lsp|grammar|tests|docs|examples|benchmarks|vscode-extension|changelog\.d|\.ci"
_PATH = re.compile(rf"`((?:{_FOLDERS})/[^`\s]*)`")
_FRAGMENT = re.compile(r"[\w-]+\.(added|changed|fixed|removed)\.md")


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_paths_in_documents_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = [path for path in _PATH.findall(text) if "<" not in path]
    assert paths
    missing = [path for path in paths if not _exists(path)]
    assert not missing, f"{name} names {missing}"


def _exists(path: str) -> bool:
    file, _, test = path.partition("::")
    if "*" in file:
        return any(ROOT.glob(file))
    found = ROOT / file
    return found.exists() and (not test or f"def {test}(" in found.read_text(encoding="utf-8"))


def test_each_invariant_names_its_test() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## Invariants")[1].split("\n## ")[0]
    invariants = [line for line in section.split("\n- ")[1:]]
    assert len(invariants) >= 8
    assert not [line for line in invariants if "`tests/" not in line]


def test_the_map_shows_every_package_and_the_layers_as_they_are_held() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "dtl").glob("*/__init__.py")}
    packages |= {f"ai/{path.parent.name}" for path in (ROOT / "dtl" / "ai").glob("*/__init__.py")}
    assert not [name for name in packages if f"| `dtl/{name}/` |" not in text]
    drawn = text.split("## Layers")[1].split("```")[1].removeprefix("text").strip().splitlines()
    assert [tuple(line.strip().split(", ")) for line in drawn] == list(LAYERS)


def test_changelog_fragments_are_named_by_their_kind() -> None:
    wrong = [path.name for path in (ROOT / "changelog.d").glob("*.md") if not _FRAGMENT.fullmatch(path.name)]
    assert not wrong, wrong


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named <= targets
