"""List prices of models, in dollars per million tokens, as their providers published them in 2025.

They serve estimates and `--max-cost`; the setting `price` of an entry goes before them. A model that is not here has
no price: its tokens are counted and nothing is said of its cost.
"""

from __future__ import annotations

import re

from dtl.ai.provider import Price

#: By provider and the start of a model's name: input, output, cached input. The longest start that fits counts.
_LIST: dict[str, dict[str, tuple[float, float, float]]] = {
    "openai": {
        "text-embedding-3-small": (0.02, 0, 0.02),
        "text-embedding-3-large": (0.13, 0, 0.13),
        "text-embedding-ada-002": (0.10, 0, 0.10),
        "gpt-3.5-turbo": (0.50, 1.50, 0.50),
        "gpt-4": (30, 60, 30),
        "gpt-4-turbo": (10, 30, 10),
        "gpt-4o": (2.50, 10, 1.25),
        "gpt-4o-mini": (0.15, 0.60, 0.075),
        "gpt-4.1": (2, 8, 0.50),
        "gpt-4.1-mini": (0.40, 1.60, 0.10),
        "gpt-4.1-nano": (0.10, 0.40, 0.025),
        "gpt-5": (1.25, 10, 0.125),
        "gpt-5-mini": (0.25, 2, 0.025),
        "gpt-5-nano": (0.05, 0.40, 0.005),
        "o3": (2, 8, 0.50),
        "o4-mini": (1.10, 4.40, 0.275),
    },
    "anthropic": {
        "claude-3-haiku": (0.25, 1.25, 0.03),
        "claude-3-5-haiku": (0.80, 4, 0.08),
        "claude-3-opus": (15, 75, 1.50),
        "claude-3-sonnet": (3, 15, 0.30),
        "claude-3-5-sonnet": (3, 15, 0.30),
        "claude-3-7-sonnet": (3, 15, 0.30),
        "claude-sonnet-4": (3, 15, 0.30),
        "claude-haiku-4": (1, 5, 0.10),
        "claude-opus-4": (15, 75, 1.50),
        "claude-opus-4-5": (5, 25, 0.50),
    },
    "cohere": {
        "embed-v4": (0.12, 0, 0.12),
        "embed-english-v3": (0.10, 0, 0.10),
        "embed-multilingual-v3": (0.10, 0, 0.10),
        "command-r": (0.15, 0.60, 0.15),
        "command-r-plus": (2.50, 10, 2.50),
        "command-a": (2.50, 10, 2.50),
    },
}
_BATCH = 0.5


def price_of(provider: str, model: str, mode: str = "online") -> Price | None:
    """Return a model's list price; half of it in batch mode. None when it is not known."""
    prices = _LIST.get("openai" if provider == "azure" else provider, {})
    fitting = [name for name in prices if re.match(re.escape(name) + r"(?:-?\d|-latest|-preview|$)", model)]
    if not fitting:
        return None
    share = _BATCH if mode == "batch" else 1.0
    amounts = prices[max(fitting, key=len)]
    return Price(*(amount * share for amount in amounts))
