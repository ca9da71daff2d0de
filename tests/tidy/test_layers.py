"""Packages import only from the layers above their own: the table is the architecture."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.repository import ROOT, python_files

# From the outermost dependency inwards: a package may import those on earlier lines, not its neighbours.
LAYERS = (
    ("data", "pattern"),
    ("source", "tree"),
    ("diagnostics", "values"),
    ("types",),
    ("functions", "syntax", "ai"),
    ("hir",),
    ("check", "optimize", "backends"),
    ("vm",),
    ("compiler",),
    ("api",),
    ("embedded",),
    ("ide", "reference"),
    ("repl", "testing"),
    ("cli",),
)
LAYER_OF = {name: level for level, names in enumerate(LAYERS) for name in names}

# The public API gathers what users need, from any layer below the commands.
FACADE = "dtl/__init__.py"
# Who finds by name what nobody may import.
FINDERS = {("dtl/functions/standard.py", "stdlib"), ("dtl/cli/lsp.py", "lsp")}

# Where a third-party package may be imported; in the others it would slow down or tie down the rest.
ONLY_IN = {
    "lark": ("dtl/syntax/", "grammar/", "tests/"),
    "httpx": ("dtl/ai/http/", "dtl/ai/local/pictures.py", "stdlib/system/", "benchmarks/", "tests/"),
    "lsprotocol": ("tests/",),
    "numpy": ("dtl/ai/", "stdlib/ai/", "benchmarks/", "tests/"),
    "onnxruntime": ("dtl/ai/local/", "dtl/ai/providers/", "tests/"),
    "prompt_toolkit": ("dtl/repl/terminal.py", "tests/"),
    "ruamel": ("dtl/testing/", "tests/"),
    "yaml": ("dtl/ai/config/tree.py", "dtl/embedded/yaml_tree.py", "stdlib/parse/", "tests/"),
    "paula": ("dtl/values/", "tests/"),
}


class Import(NamedTuple):
    """One imported module, as an absolute name, and where."""

    file: str
    line: int
    name: str


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Return every import of a file, in functions, under conditions and by `import_module`, too."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[Import]:
    file = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            package = node.module or ""
            if node.level:
                base = Path(file).parts[: -node.level]
                package = ".".join([*base, *([package] if package else [])])
            for alias in node.names:
                yield Import(file, node.lineno, f"{package}.{alias.name}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            match node.args:
                case [ast.Constant(str(name)), *_]:
                    base = ".".join(Path(file).parts[:-1]) if name.startswith(".") else ""
                    yield Import(file, node.lineno, base + name)


def own_part(name: str) -> str | None:
    """Return the part of the project that a module belongs to: `values` for `dtl.values.path`."""
    parts = name.split(".")
    if parts[0] in ("stdlib", "lsp", "grammar"):
        return parts[0]
    return parts[1] if parts[0] == "dtl" and len(parts) > 1 else None


def problem(found: Import) -> str | None:
    """Return what is wrong with an import, if anything."""
    for package, places in ONLY_IN.items():
        if found.name.split(".")[0] == package and not found.file.startswith(places):
            return f"{package} may be imported only in {', '.join(places)}"
    target = own_part(found.name)
    parts = Path(found.file).with_suffix("").parts
    if target is None or parts[0] not in ("dtl", "stdlib", "lsp", "grammar"):
        return None
    if parts[0] == "dtl":
        return _problem_in_core(found, target, parts[1])
    if parts[0] == "stdlib":
        allowed = {"data", "pattern", "functions", "types", "values", "stdlib", *({"ai"} if parts[1] == "ai" else ())}
        return None if target in allowed else f"stdlib may not import {target}"
    if parts[0] == "lsp":
        return None if target in ("ide", "source", "diagnostics", "lsp") else f"lsp may not import {target}"
    return None if target in ("source", "grammar") else f"grammar may not import {target}"


def _problem_in_core(found: Import, target: str, own: str) -> str | None:
    if target in ("stdlib", "lsp"):
        return None if (found.file, target) in FINDERS else f"nothing imports {target}: it is found by name"
    if target == "grammar":
        return None if own == "syntax" else "only syntax reads the grammar"
    if found.file == FACADE:
        return "the API cannot need a command" if target == "cli" else None
    if own == "__main__":
        return None if target == "cli" else "the start calls the command line only"
    if target not in LAYER_OF:
        # `from dtl import compile`, or `import dtl`: the API, for the shells around the core.
        return None if LAYER_OF.get(own, 0) > LAYER_OF["api"] else f"{own} imports the API, which imports it"
    if target == own or LAYER_OF[target] < LAYER_OF.get(own, -1):
        return None
    return f"{own} may not import {target}"


@pytest.mark.parametrize("path", python_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_up(path: Path) -> None:
    problems = [f"{i.file}:{i.line}: {i.name}: {why}" for i in imports(path) if (why := problem(i)) is not None]
    assert not problems, "\n".join(problems)


def test_no_module_comes_to_import_itself() -> None:
    graph = {
        name: {found for each in imports(path) if (found := _imported(each.name)) not in (None, name)}
        for name, path in _MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_no_package_of_ai_comes_to_import_itself() -> None:
    graph: dict[str, set[str]] = {}
    for name, path in _MODULES.items():
        if name.startswith("dtl.ai."):
            own = _inner(name)
            found = {
                _inner(home) for each in imports(path) if (home := _imported(each.name) or "").startswith("dtl.ai.")
            }
            graph.setdefault(own, set()).update(found - {own})
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def _inner(name: str) -> str:
    """Return the package of `dtl.ai`, or its module, that holds a module."""
    return ".".join(name.split(".")[:3])


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


_MODULES = {_module(path): path for path in python_files()}


def _imported(name: str) -> str | None:
    """Return the module that an import reaches: the name itself, or what holds it."""
    if name.startswith(("dtl.stdlib", "dtl.lsp", "dtl.grammar")):
        name = name.removeprefix("dtl.")
    return next((found for found in (name, name.rpartition(".")[0]) if found in _MODULES), None)


@pytest.mark.parametrize("path", python_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_takes_what_another_keeps_to_itself(path: Path) -> None:
    taken = [
        f"{found.file}:{found.line}: {found.name}"
        for found in imports(path)
        if re.match(r"_[^_]", found.name.rpartition(".")[2]) and (home := _imported(found.name)) is not None
        if not found.name.endswith(home)  # a module of a category may begin so
    ]
    assert not taken + _foreign(path), "\n".join(taken + _foreign(path))


# What Python and Lark keep to themselves, and there is no other way.
_TAKEN = {"os._exit", "member._value_", "parser.parser.parser._parse_table"}
# Methods of named tuples, which begin so to be no field's name.
_OF_TUPLES = {"_asdict", "_fields", "_make", "_replace"}


def _foreign(path: Path) -> list[str]:
    """Return the attributes that a file reads of others and that begin as nobody else's do."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # slots
    return [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {text}"
        for node in nodes
        if isinstance(node, ast.Attribute) and re.match(r"_[^_]", node.attr) and node.attr not in own | _OF_TUPLES
        if not (text := ast.unparse(node)).startswith(("self.", "cls.")) and text not in _TAKEN
    ]


def test_every_package_has_a_layer() -> None:
    parts = {path.name.removesuffix(".py") for path in (ROOT / "dtl").iterdir() if not path.name.startswith("_")}
    assert parts <= LAYER_OF.keys(), "add the package to the table"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("dtl/values/path.py", "dtl.types.type"),
        ("dtl/check/infer.py", "dtl.optimize.passes"),
        ("dtl/vm/run.py", "dtl.stdlib.string.upcase"),
        ("dtl/ide/hover.py", "dtl.cli.run"),
        ("stdlib/string/upcase.py", "dtl.check.infer"),
        ("dtl/check/infer.py", "lark.Lark"),
    ],
)
def test_the_table_refuses_wrong_imports(file: str, name: str) -> None:
    assert problem(Import(file, 1, name)) is not None
