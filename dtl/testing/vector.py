"""The `tests` of a Vector configuration as cases: remap, filter and route transforms are run, in Vector's own terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dtl.testing.case import Case, Step


def vector_cases(content: dict[str, Any], path: Path) -> Iterator[Case]:
    """Give a case for each output that a unit test looks at, and for each that must stay silent."""
    transforms = content["transforms"]
    for number, test in enumerate(content["tests"]):
        name = str(test.get("name", f"test {number + 1}"))
        inputs = test.get("inputs") or [test["input"]]
        starts = {str(entry["insert_at"]) for entry in inputs}
        events = tuple(_event(entry) for entry in inputs)
        for index, output in enumerate(test.get("outputs", [])):
            for target in _names(output.get("extract_from")):
                yield Case(
                    name=f"{name}: {target}",
                    steps=tuple(_chain(transforms, starts, target, path)),
                    events=events,
                    checks=tuple(
                        Step(_source(condition), f"{path}: tests[{number}].outputs[{index}]", "vrl")
                        for condition in output.get("conditions") or []
                    ),
                )
        for target in _names(test.get("no_outputs_from")):
            yield Case(
                name=f"{name}: nothing from {target}",
                steps=tuple(_chain(transforms, starts, target, path)),
                events=events,
                dropped=True,
            )


def _names(value: Any) -> list[str]:
    return [] if value is None else [str(value)] if isinstance(value, str) else [str(name) for name in value]


def _event(entry: dict[str, Any]) -> Any:
    if entry.get("type") == "log":
        return dict(entry.get("log_fields") or {})
    if entry.get("type") == "vrl":
        return {"__source": entry["source"]}
    return {"message": entry.get("value", "")}


def _source(condition: Any) -> str:
    return condition if isinstance(condition, str) else str(condition.get("source", "true"))


def _chain(transforms: dict[str, Any], starts: set[str], target: str, path: Path) -> list[Step]:
    """Return the steps from where events are put in to the transform whose output is looked at."""
    steps: list[Step] = []
    name, seen = target, set()
    while True:
        base, _, way = name.partition(".")
        transform = transforms.get(name) or transforms.get(base)
        if transform is None or base in seen:
            break
        seen.add(base)
        steps[:0] = _steps(transform, way, f"{path}: transforms.{base}")
        if base in starts or name in starts or not _names(transform.get("inputs")):
            break
        name = _names(transform.get("inputs"))[0]
    return steps


def _steps(transform: dict[str, Any], way: str, name: str) -> list[Step]:
    kind = transform.get("type")
    if kind == "remap" and "source" in transform:
        return [Step(transform["source"], name, "vrl")]
    if kind == "filter":
        return [Step(_source(transform.get("condition", "true")), f"{name}.condition", "vrl", is_condition=True)]
    if kind == "route" and way in (transform.get("route") or {}):
        return [Step(_source(transform["route"][way]), f"{name}.route.{way}", "vrl", is_condition=True)]
    return []
