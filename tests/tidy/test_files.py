"""Every file is small, says what it holds, and names no machine."""

from __future__ import annotations

import ast
import re
import sys
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


# What of Python itself may be imported late: it takes longer than a small run.
_LATE = ("importlib.resources", "zoneinfo")


@pytest.mark.parametrize("path", python_files(), ids=_name)
def test_imports_stand_at_the_top(path: Path) -> None:
    late = {
        node.lineno: name
        for function in _functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if name not in _LATE
        if getattr(node, "level", 0) or name.split(".")[0] in {"dtl", "tests", *sys.stdlib_module_names}
    }
    assert not late, "only packages of others may be imported late, where they are heavy: " + str(late)


# Tables that are functions.
_LONG = {("tests/differential/generate.py", "made")}


@pytest.mark.parametrize("path", python_files(), ids=_name)
def test_functions_are_short_and_flat(path: Path) -> None:
    wrong = [
        f"{_name(path)}:{function.lineno}: {function.name} has {length} lines, {depth} levels"
        for function in _functions(path)
        for length, depth in [(_length(function), _depth(function))]
        if (length > 60 or depth > 4) and (_name(path), function.name) not in _LONG
    ]
    assert not wrong, "\n".join(wrong)


_Function = ast.FunctionDef | ast.AsyncFunctionDef
_NESTING = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


def _functions(path: Path) -> list[_Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, _Function)]


def _length(function: _Function) -> int:
    """Return how many lines a function has, its docstring left out."""
    documented = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (documented.count("\n") + 1 if documented else 0)


def _depth(node: ast.AST, is_else: bool = False) -> int:
    """Return how many statements lie within one another; `elif` goes no deeper."""
    inner = 0
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _Function | ast.ClassDef | ast.Lambda):
            chained = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
            inner = max(inner, _depth(child, chained))
    return inner + (isinstance(node, _NESTING) and not is_else)
