"""Configurations that lead to the server, as the providers' entries are written."""

from __future__ import annotations

import json
from typing import Any

#: By provider: the model for vectors (None where it has none) and the one for text, and what is needed besides.
PROVIDERS: dict[str, tuple[str | None, str, dict[str, Any]]] = {
    "openai": ("text-embedding-3-small", "gpt-4o-mini", {}),
    "responses": ("text-embedding-3-small", "gpt-4o-mini", {"endpoint": "responses"}),
    "azure": ("text-embedding-3-small", "gpt-4o-mini", {}),
    "anthropic": (None, "claude-sonnet-4-5", {}),
    "cohere": ("embed-v4.0", "command-a-03-2025", {}),
    "ollama": ("nomic-embed-text", "llama3.2", {}),
}
KEY = "sk-only-a-test"


def config_of(url: str, provider: str = "openai", **settings: Any) -> str:
    """Return a configuration of a provider's models at the server, as JSON (which is YAML too).

    Args:
        url: The server's.
        provider: Of `PROVIDERS`.
        settings: Of both entries (`batch_size`, `concurrency`, `timeout`, `retries`).
    """
    embedding, chat, more = PROVIDERS[provider]
    name = "openai" if provider == "responses" else provider
    base = f"{url}/v1" if name == "openai" else url
    entry = {"provider": name, "base_url": base, **more, **settings}
    if name != "ollama":
        entry["api_key"] = KEY
    models = {"llm": {**entry, "model": chat}}
    if embedding is not None:
        models["embeddings"] = {**entry, "model": embedding}
        models["embeddings"].pop("endpoint", None)
    return json.dumps({"ai_models": models})
