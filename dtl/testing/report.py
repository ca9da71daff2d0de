"""Verdicts as text for people and as JUnit's XML for other tools; files brought up to date with `--update`."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from dtl.testing.case import ANYTHING, Verdict
from dtl.values.encode import to_json


def text(verdicts: list[Verdict], verbose: bool = False) -> str:
    """Return what failed, and a closing line of counts."""
    parts = []
    for verdict in verdicts:
        if verdict.passed and not verbose:
            continue
        mark = "ok    " if verdict.passed else "FAILED"
        reasons = "".join("\n    " + reason.replace("\n", "\n    ") for reason in verdict.reasons)
        parts.append(f"{mark} {verdict.file}: {verdict.name}{reasons}")
    failed = sum(not verdict.passed for verdict in verdicts)
    return "\n".join([*parts, f"{len(verdicts) - failed} passed, {failed} failed"])


def junit(verdicts: list[Verdict]) -> str:
    """Return the verdicts in JUnit's format."""
    suites = Element("testsuites")
    for file in dict.fromkeys(verdict.file for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.file == file]
        failed = sum(not verdict.passed for verdict in mine)
        suite = SubElement(suites, "testsuite", name=file, tests=str(len(mine)), failures=str(failed))
        for verdict in mine:
            entry = SubElement(suite, "testcase", classname=file, name=verdict.name, time=f"{verdict.seconds:.6f}")
            if not verdict.passed:
                SubElement(entry, "failure", message=verdict.reasons[0].split("\n")[0]).text = "\n".join(
                    verdict.reasons
                )
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def update(verdicts: list[Verdict]) -> int:
    """Write what came out as what is expected, comments and order kept; return how many cases changed."""
    changed = 0
    for file in dict.fromkeys(verdict.file for verdict in verdicts):
        mine = [v for v in verdicts if v.file == file and v.actual is not ANYTHING and v.place]
        if not mine:
            continue
        yaml = import_module("ruamel.yaml").YAML()  # optional, and here its round trip is what matters
        path = Path(file)
        content = yaml.load(path.read_text("utf-8"))
        for verdict in mine:
            target = content
            for key in verdict.place[:-1]:
                target = target[key]
            target[verdict.place[-1]] = json.loads(to_json(verdict.actual))
            changed += 1
        with path.open("w", encoding="utf-8") as out:
            yaml.dump(content, out)
    return changed
