"""Every function of the standard library is declared and documented completely."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from dtl.functions.function import Function
from dtl.functions.registry import Registry, discover

STDLIB = importlib.import_module("dtl.stdlib")
REGISTRY: Registry = discover(STDLIB.FOLDER, "dtl.stdlib")


def load(name: str) -> Function:
    """Return a function, however its dialect."""
    found = REGISTRY.get(name)
    assert found is not None, f"{REGISTRY.modules[name]} declares no function {name!r}"
    return found


@pytest.mark.parametrize("name", sorted(REGISTRY.modules))
def test_a_function_is_documented(name: str) -> None:
    function = load(name)
    documentation = function.documentation
    missing = []
    if not documentation.summary:
        missing.append("a summary")
    elif not documentation.summary.endswith("."):
        missing.append("a full stop after the summary")
    parameters = [parameter.name for parameter in function.parameters]
    described = documentation.arguments
    missing += [f"a line in Args for {parameter}" for parameter in parameters if parameter not in described]
    unknown = [each for each in documentation.arguments if each not in parameters]
    if len(unknown) > (function.closure is not None):  # the closure may be described by any name
        missing.append(f"parameters that Args describes: {unknown}")
    if not documentation.examples:
        missing.append("an example")
    failing = [example for example in documentation.examples if example.error is not None]
    if len(failing) < len(documentation.raises):
        missing.append(f"{len(documentation.raises) - len(failing)} more examples of failure, one per reason in Raises")
    missing += [f"a title for {example.source!r}" for example in documentation.examples if not example.title]
    assert not missing, f"{name} lacks " + ", ".join(missing)


def test_every_folder_is_a_package() -> None:
    folder = Path(STDLIB.FOLDER)
    lacking = [
        each.name
        for each in sorted(folder.iterdir())
        if each.is_dir() and not each.name.startswith(("_", ".")) and not (each / "__init__.py").is_file()
    ]
    assert not lacking, f"no __init__.py in {lacking}"


def test_aliases_lead_somewhere() -> None:
    astray = {alias: name for alias, name in STDLIB.ALIASES.items() if name not in REGISTRY.modules}
    assert not astray, astray


def test_an_alias_hides_no_function() -> None:
    assert not set(STDLIB.ALIASES) & set(REGISTRY.modules)
