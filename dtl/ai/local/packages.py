"""Optional packages: loaded when first needed, with a message that says what to install."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from dtl.values.errors import FunctionError


class MissingPackage(FunctionError):
    """A method's package is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f'the package {package} is missing: pip install "dtl-lang[{extra}]"')
        self.package = package
        self.extra = extra


@cache
def load(module: str, package: str, extra: str) -> ModuleType:
    """Return an optional module.

    Args:
        module: Its importable name.
        package: The name under which it is installed.
        extra: The extra of ours that brings it.

    Raises:
        MissingPackage: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError as reason:
        raise MissingPackage(package, extra) from reason


def is_installed(module: str) -> bool:
    """Tell whether an optional module can be imported."""
    try:
        load(module, module, "ai")
    except MissingPackage:
        return False
    return True
