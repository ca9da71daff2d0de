"""Providers: one file knows one wire format, or one way to compute here, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtl.ai.config.entries import Entry
from dtl.ai.provider import Provider
from dtl.values.errors import FunctionError


def make_provider(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry; its module is imported now, and not before.

    Raises:
        FunctionError: Something that it needs is missing.
    """
    provider: Provider = import_module(f"{__name__}.{entry.kind}").make(entry, warn)
    if entry.get("mode") != "batch":
        return provider
    batch = import_module(f"{__name__}.batch")
    kinds = {"openai": batch.OpenAIBatch, "anthropic": batch.AnthropicBatch}
    if entry.kind not in kinds:
        raise FunctionError(f'the provider {entry.kind} of "{entry.name}" has no batch mode ({entry.place})')
    batched: Provider = kinds[entry.kind](entry, provider)
    return batched
