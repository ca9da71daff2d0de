"""The standard library's registry."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from dtl.functions.registry import Registry, discover


@cache
def standard_library() -> Registry:
    """Return the registry of the stdlib; functions are imported when a program first names them."""
    # Found by name: nothing in dtl imports the stdlib.
    stdlib = import_module("dtl.stdlib")
    registry = discover(stdlib.FOLDER, "dtl.stdlib")
    registry.aliases.update(stdlib.ALIASES)
    return registry
