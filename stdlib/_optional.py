"""Third-party packages that only some functions need: imported at the first call."""

from __future__ import annotations

import importlib
from functools import cache
from types import ModuleType

from ._extra import missing


@cache
def optional(function: str, module: str, package: str, extra: str = "codecs") -> ModuleType:
    """Import a module of a package that need not be installed.

    Args:
        function: The function that needs it.
        module: What to import.
        package: The distribution that has it.
        extra: The extra of this project that brings the distribution.

    Raises:
        FunctionError: The package is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise missing(function, package, extra) from None
