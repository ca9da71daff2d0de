"""Providers: one file knows one wire format, or one way to compute here, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtl.ai.config import Entry
from dtl.ai.provider import Provider


def make_provider(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry; its module is imported now, and not before.

    Raises:
        FunctionError: Something that it needs is missing.
    """
    provider: Provider = import_module(f"{__name__}.{entry.kind}").make(entry, warn)
    return provider
