"""Every file is small, says what it holds, and names no machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.repository import ROOT, python_files, text_files

# Written in pieces, so that this file does not find itself.
_MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"(?:home|Users|root|opt/envs|mnt|tmp/[a-z]|wor" + r"k/|far" + r"m/)",
            r"pypi\." + r"org",
            r"files\.python" + r"hosted",
            r"registry\.npmjs" + r"\.org",
            r"index\.crates" + r"\.io",
            r"\." + r"library/",
        ]
    )
)
# Lock files name the registry that packages came from: that is what they are for.
_LOCKS = ("package-lock.json",)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", python_files(), ids=_name)
def test_modules_open_with_a_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not text.strip() and path.name == "__init__.py" and _name(path).startswith("tests/"):
        return
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "the module has no docstring"
    first = docstring.split("\n\n")[0].strip()
    assert first[-1] in ".:`" or first.endswith("?"), f"not a sentence: {first!r}"


@pytest.mark.parametrize("path", python_files(), ids=_name)
def test_files_are_short(path: Path) -> None:
    limit = 150 if _name(path).startswith("stdlib/") else 500
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit, f"more than {limit} lines: split it by meaning"


def test_no_file_names_a_machine_or_registry() -> None:
    found = [
        f"{_name(path)}:{number}: {line.strip()[:100]}"
        for path in text_files()
        if path.name not in _LOCKS
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if _MACHINE.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_vague_names() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "misc"}
    found = [_name(path) for path in python_files() if vague & {*path.with_suffix("").parts}]
    assert not found, found


_HEAVY = ("lark", "llvmlite", "numpy", "httpx", "hypothesis", "pygls", "zstandard", "cramjam", "zoneinfo", "importlib")


@pytest.mark.parametrize("path", [p for p in python_files() if _name(p).startswith(("dtl/", "lsp/"))], ids=_name)
def test_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                    if not all(name.split(".")[0] in _HEAVY for name in names):
                        found.append(f"{_name(path)}:{node.lineno}: {', '.join(names)}")
    assert not found, "\n".join(found)
