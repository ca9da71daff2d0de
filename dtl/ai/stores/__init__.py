"""Vector stores: one file knows one of them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtl.ai.config.entries import Entry
from dtl.ai.stores.store import VectorStore


def make_store(entry: Entry, warn: Callable[[str], None]) -> VectorStore:
    """Return the store of an entry; its module is imported now, and not before.

    Raises:
        FunctionError: Something that it needs is missing.
    """
    store: VectorStore = import_module(f"{__name__}.{entry.kind}").make(entry, warn)
    return store
