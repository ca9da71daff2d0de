"""Diagnostics as a SARIF 2.1.0 log, which code-scanning services read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from dtl.diagnostics.codes import CODES
from dtl.diagnostics.diagnostic import Diagnostic, Severity
from dtl.source import Source, Span

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}


def to_sarif(findings: Iterable[tuple[Source, Diagnostic]], version: str) -> dict[str, Any]:
    """Return the log of one run of the compiler over some files."""
    pairs = list(findings)
    numbers = sorted({diagnostic.code for _, diagnostic in pairs})
    rule_at = {number: at for at, number in enumerate(numbers)}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "dtl", "version": version, "rules": [_rule(n) for n in numbers]}},
                # Our columns count characters, not UTF-16 units.
                "columnKind": "unicodeCodePoints",
                "results": [_result(diagnostic, d_source, rule_at) for d_source, diagnostic in pairs],
            }
        ],
    }


def _rule(number: int) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": f"E{number:03}"}
    if number in CODES:
        code = CODES[number]
        rule["shortDescription"] = {"text": code.title}
        rule["fullDescription"] = {"text": code.explanation}
        rule["defaultConfiguration"] = {"level": _LEVELS[code.severity]}
    return rule


def _result(diagnostic: Diagnostic, source: Source, rule_at: dict[int, int]) -> dict[str, Any]:
    source = diagnostic.source or source
    primary = next((label for label in diagnostic.labels if label.primary), None)
    message = diagnostic.message if primary is None or not primary.text else f"{diagnostic.message}: {primary.text}"
    result: dict[str, Any] = {
        "ruleId": f"E{diagnostic.code:03}",
        "ruleIndex": rule_at[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": message},
        "locations": [_location(diagnostic.span, source)],
    }
    others = [label for label in diagnostic.labels if label is not primary]
    if others:
        result["relatedLocations"] = [
            {**_location(label.span, source), "id": at, "message": {"text": label.text}}
            for at, label in enumerate(others, start=1)
        ]
    if diagnostic.fixes:
        result["fixes"] = [
            {
                "description": {"text": fix.title},
                "artifactChanges": [
                    {
                        "artifactLocation": _artifact(source),
                        "replacements": [
                            {
                                "deletedRegion": _region(edit.span, source),
                                "insertedContent": {"text": edit.text},
                            }
                            for edit in fix.edits
                        ],
                    }
                ],
            }
            for fix in diagnostic.fixes
        ]
    return result


def _location(span: Span, source: Source) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(source), "region": _region(span, source)}}


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": quote(source.name or "program", safe="/:")}


def _region(span: Span, source: Source) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
