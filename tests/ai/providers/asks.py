"""Asks as the engine makes them, for tests of wire formats."""

from __future__ import annotations

from typing import Any

from dtl.ai.config.entries import AiConfig, Entry, read_config
from dtl.ai.provider import Ask
from dtl.ai.request import Prompt, Request

SCHEMA = {
    "type": "object",
    "properties": {"mood": {"type": "string", "enum": ["good", "bad"]}},
    "required": ["mood"],
    "additionalProperties": False,
}


def config(text: str, **environment: str) -> AiConfig:
    """Return the configuration that YAML gives."""
    return read_config(text, "test.yaml", environment)


def entry(**settings: Any) -> Entry:
    """Return an entry of a model, read as from a file."""
    lines = "\n".join(f"    {name}: {value!r}" for name, value in settings.items())
    return config(f"ai_models:\n  m:\n{lines}\n").models["m"]


def embeds(*texts: str, model: str = "m", **options: Any) -> list[Ask]:
    """Return asks for vectors, numbered from 100."""
    return [Ask(100 + at, Request("embed", "embed", None, text), model, options) for at, text in enumerate(texts)]


def chats(*tasks: str, text: str = "A text", schema: Any = SCHEMA, model: str = "m", **options: Any) -> list[Ask]:
    """Return asks of tasks about one text, numbered from 200."""
    return [
        Ask(200 + at, Request("chat", task, None, text, {}, Prompt(f"Do {task}.", schema)), model, options)
        for at, task in enumerate(tasks)
    ]
