"""The check that `encrypt` and `decrypt` make when they are compiled."""

from __future__ import annotations

from dtl.functions import Arguments, InvalidArgument

from ._algorithms import ALGORITHMS


def check_algorithm(arguments: Arguments) -> None:
    """Refuse a constant that names no algorithm."""
    name = arguments.constant("algorithm")
    if isinstance(name, str) and name.upper() not in ALGORITHMS:
        raise InvalidArgument("Invalid algorithm", parameter="algorithm")
