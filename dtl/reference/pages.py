"""All generated pages of the documentation, by their path under `docs/`."""

from __future__ import annotations

from dtl.diagnostics.codes import CODES
from dtl.functions.function import Function
from dtl.functions.registry import Registry
from dtl.reference.code_pages import code_index, code_page
from dtl.reference.function_pages import function_index, function_page

_CODES = "dtl/diagnostics/codes/"


def pages(functions: Registry) -> dict[str, str]:
    """Return each generated page's text by its path under `docs/`."""
    known = list(functions)
    made = {
        f"functions/{function.name}.md": _made_of(source_of(function), function_page(function)) for function in known
    }
    made["functions/index.md"] = _made_of("stdlib/", function_index(known))
    made |= {f"codes/{code.name}.md": _made_of(_CODES, code_page(code)) for code in CODES.values()}
    made["codes/index.md"] = _made_of(_CODES, code_index(CODES.values()))
    return made


def source_of(function: Function) -> str:
    """Return the file that declares a function of the standard library."""
    return f"stdlib/{function.category}/{function.name}.py"


def _made_of(source: str, text: str) -> str:
    return f"<!-- Made of {source} by `make docs`; do not edit. -->\n\n{text}"
