"""Speak the conformance runner's protocol: a program a line on stdin, what became of it a line on stdout.

Usage: adaptor.py [--backend NAME]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import dtl
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.functions.context import Context
from dtl.source import Source
from dtl.values.decode import from_json
from tests.support.typed_json import dumps, encode


def answer(request: dict[str, Any], backend: str) -> dict[str, Any]:
    """Return what became of one program."""
    zone = request.get("timezone", "UTC")
    if os.environ.get("TZ") != zone:
        os.environ["TZ"] = zone
        time.tzset()
    text = request["source"]
    try:
        program = dtl.compile(text, dialect="vrl", backend=backend, timezone=zone, tables={})
    except dtl.CompileError as error:
        return compile_error(Source(text), error.diagnostics)
    event = from_json(json.dumps(request["event"]))
    outcome = program.run(event, context=Context(timezone=zone, secrets=request.get("secrets") or {}))
    if outcome.status == "ok":
        found = {"ok": encode(outcome.value), "event": encode(outcome.record)}
        return {**found, "metadata": encode(outcome.metadata)} if outcome.metadata else found
    assert outcome.error is not None
    return {"runtime_error": outcome.error.message, "abort": outcome.status == "aborted"}


def compile_error(source: Source, diagnostics: list[Diagnostic]) -> dict[str, Any]:
    """Return a refusal as codes, messages and places."""
    errors = [found for found in diagnostics if found.is_error]
    spans = []
    for found in errors:
        line, column = source.position(found.span.start)
        spans.append([line, column, found.span.end - found.span.start])
    return {
        "compile_error": [found.code for found in errors],
        "messages": [found.message for found in errors],
        "spans": spans,
    }


def main() -> None:
    """Answer every line of stdin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", default="bytecode")
    backend = parser.parse_args().backend
    if fixtures := os.environ.get("VRL_FIXTURES"):
        os.chdir(fixtures)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            found = answer(request, backend)
        except Exception as error:  # the runner counts it as a failure and shows the reason
            found = {"error": f"{type(error).__name__}: {error}"}
        print(dumps({"id": request["id"], **found}), flush=True)


if __name__ == "__main__":
    main()
