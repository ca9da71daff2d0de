"""The reference pages of the diagnostic codes, from their one declaration."""

from __future__ import annotations

from collections.abc import Iterable

from dtl.diagnostics.codes import Code


def code_page(code: Code) -> str:
    """Return a code's page in Markdown."""
    parts = [f"# {code.name}: {code.title}", f"Severity: {code.severity.value}.", code.explanation]
    for heading, program in (("Wrong", code.wrong), ("Right", code.right)):
        if program:
            parts.append(f"## {heading}\n\n```text\n{program}\n```")
    return "\n\n".join(parts) + "\n"


def code_index(codes: Iterable[Code]) -> str:
    """Return the page that lists all codes."""
    rows = "\n".join(f"- [{code.name}]({code.name}.md): {code.title}" for code in codes)
    return f"# Diagnostic codes\n\n`dtl explain CODE` prints the page of one.\n\n{rows}\n"
