"""DTL: a compiled, typed language for transforming records."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dtl.api import CompileError, compile
    from dtl.functions.context import Context
    from dtl.vm.limits import Limits
    from dtl.vm.outcome import Outcome
    from dtl.vm.program import Program

_checkout = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
if os.path.isfile(os.path.join(_checkout, "pyproject.toml")):  # stdlib/, lsp/ and grammar/ lie beside dtl/
    __path__.append(_checkout)

__version__ = "0.1.0"

#: Where each public name lives; imported on first use, so that `import dtl` costs nothing.
_PUBLIC = {
    "compile": "dtl.api",
    "CompileError": "dtl.api",
    "Context": "dtl.functions.context",
    "Limits": "dtl.vm.limits",
    "Program": "dtl.vm.program",
    "Outcome": "dtl.vm.outcome",
}

__all__ = ["CompileError", "Context", "Limits", "Outcome", "Program", "compile"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _PUBLIC:
        found = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'dtl' has no attribute {name!r}")
