"""Read test cases from files: `NAME.test.yaml` beside a script, or a Vector configuration with `tests`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from dtl.testing.case import ANYTHING, Case, Step
from dtl.testing.vector import vector_cases
from dtl.values.decode import from_json

_KEYS = {
    "name", "event", "events", "metadata", "expect", "result", "error", "aborted", "dropped", "assert", "timezone",
}  # fmt: skip


class BadFile(Exception):
    """A file of tests cannot be used; says which and why."""


def find(paths: Iterable[str]) -> Iterator[Path]:
    """Give the files of tests under paths: a folder is searched for `*.test.yaml` and Vector configurations."""
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            if found.name.endswith((".test.yaml", ".test.yml")) or (_may_be_vector(found) and _is_vector(load(found))):
                yield found


def _may_be_vector(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml", ".toml") and "tests" in path.read_text("utf-8", "replace")


def load(path: Path) -> Any:
    """Return a YAML, TOML or JSON file's content."""
    try:
        text = path.read_text("utf-8")
        if path.suffix == ".toml":
            return import_module("tomllib").loads(text)
        # Imported here: an optional package, which only this command needs.
        yaml = import_module("ruamel.yaml").YAML(typ="safe", pure=True)
        return yaml.load(text)
    except ImportError as error:
        raise BadFile(f'{path}: reading tests needs ruamel.yaml: pip install "dtl-lang[testing]"') from error
    except OSError as error:
        raise BadFile(f"cannot read {path}: {error.strerror or error}") from error
    except ValueError as error:
        raise BadFile(f"{path}: {error}") from error
    except Exception as error:  # the parser's own classes are not known before it is imported
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark is not None else str(path)
        raise BadFile(f"{where}: not YAML: {problem or ' '.join(str(error).split())}") from error


def _is_vector(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("tests"), list) and "transforms" in content


def read(path: Path) -> list[Case]:
    """Return a file's cases.

    Raises:
        BadFile: The file cannot be read, or says something that is no case.
    """
    content = load(path)
    if _is_vector(content):
        return list(vector_cases(content, path))
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        raise BadFile(f"{path}: `cases:` with a list is missing")
    step = _script(content, path)
    defaults = {"timezone": content.get("timezone", "UTC"), "dialect": step.dialect}
    return [_case(entry, index, step, defaults, path) for index, entry in enumerate(content["cases"])]


def _script(content: dict[str, Any], path: Path) -> Step:
    if isinstance(source := content.get("source"), str):
        return Step(source, f"{path}:source", content.get("dialect", "dtl"))
    named = content.get("script")
    stem = path.name.split(".test.")[0]
    tried = [path.parent / named] if named else [path.parent / (stem + ending) for ending in (".dtl", ".vrl", "")]
    for script in tried:
        if script.is_file():
            dialect = content.get("dialect") or ("vrl" if script.suffix == ".vrl" else "dtl")
            return Step(script.read_text("utf-8"), str(script), dialect)
    raise BadFile(f"{path}: there is no script {' or '.join(map(str, tried))}; name it with `script:`")


def _case(entry: Any, index: int, step: Step, defaults: dict[str, Any], path: Path) -> Case:
    where = f"{path}: case {index + 1}"
    if not isinstance(entry, dict):
        raise BadFile(f"{where} is no mapping")
    if unknown := sorted(entry.keys() - _KEYS):
        near = get_close_matches(unknown[0], sorted(_KEYS), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(sorted(_KEYS))}"
        raise BadFile(f"{where}: unknown key {unknown[0]!r}; {hint}")
    events = entry.get("events", [entry.get("event", {})])
    expected = entry.get("expect", ANYTHING)
    if expected is not ANYTHING and "events" not in entry:
        expected = [expected]
    checks = entry.get("assert", [])
    checks = [checks] if isinstance(checks, str) else checks
    return Case(
        name=str(entry.get("name", f"case {index + 1}")),
        steps=(step,),
        events=tuple(plain(event) for event in events),
        metadata=plain(entry.get("metadata", {})),
        expected=ANYTHING if expected is ANYTHING else [plain(event) for event in expected],
        result=plain(entry["result"]) if "result" in entry else ANYTHING,
        error=str(entry["error"]) if "error" in entry else None,
        aborted=entry.get("aborted", False),
        dropped=bool(entry.get("dropped", False)),
        checks=tuple(Step(text, f"{where}: assert", defaults["dialect"]) for text in checks),
        timezone=str(entry.get("timezone", defaults["timezone"])),
        place=("cases", index, "expect"),
    )


def plain(value: Any) -> Any:
    """Return what YAML gave as a value of the language; dates become text, as JSON would have them."""
    return from_json(
        json.dumps(value, default=lambda other: other.isoformat() if hasattr(other, "isoformat") else str(other))
    )
