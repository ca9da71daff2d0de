"""All generated pages of the documentation, by their path under `docs/`."""

from __future__ import annotations

from dtl.diagnostics.codes import CODES
from dtl.functions.registry import Registry
from dtl.reference.code_pages import code_index, code_page
from dtl.reference.function_pages import function_index, function_page


def pages(functions: Registry) -> dict[str, str]:
    """Return each generated page's text by its path under `docs/`."""
    known = list(functions)
    made = {f"functions/{function.name}.md": function_page(function) for function in known}
    made["functions/index.md"] = function_index(known)
    made |= {f"codes/{code.name}.md": code_page(code) for code in CODES.values()}
    made["codes/index.md"] = code_index(CODES.values())
    return made
