"""What a configuration says of models and stores: read from its text, and shown."""

from __future__ import annotations

from dtl.ai.accounting.prices import price_of
from dtl.ai.config.entries import Entry, read_config
from dtl.ai.config.tree import ConfigError
from dtl.ide.models import Models


def read_models(text: str, file: str) -> Models:
    """Return what a configuration's text names; nothing if it is wrong."""
    try:
        return Models(read_config(text, file, {}))
    except ConfigError:
        return Models()


def describe(entry: Entry) -> str:
    """Return what an entry stands for, and its price."""
    text = f"{entry.kind} {entry.model}".strip()
    price = entry.price or (price_of(entry.kind, entry.model) if entry.model else None)
    if price is not None:
        text += f", ${price.input:g} in and ${price.output:g} out per million tokens"
    return text
