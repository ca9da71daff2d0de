"""Third-party packages that only some functions need, and what is said where one is not installed."""

from __future__ import annotations

import importlib
from functools import cache
from types import ModuleType

from dtl.functions import FunctionError


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


def missing(function: str, package: str, extra: str) -> FunctionError:
    """Return the failure of a function whose package is absent.

    Args:
        function: The function's name.
        package: The distribution that is not installed.
        extra: The extra of this project that brings it.
    """
    return FunctionError(f'{function} needs the package {package}: pip install "dtl-lang[{extra}]"')
