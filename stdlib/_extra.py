"""What a function says when a package it needs is not installed."""

from dtl.functions import FunctionError


def missing(function: str, package: str, extra: str) -> FunctionError:
    """Return the failure of a function whose package is absent.

    Args:
        function: The function's name.
        package: The distribution that is not installed.
        extra: The extra of this project that brings it.
    """
    return FunctionError(f'{function} needs the package {package}: pip install "dtl-lang[{extra}]"')
