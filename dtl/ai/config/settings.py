"""What may be set for a model or a store, and how each setting is read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from dtl.ai.config.secret import Secret
from dtl.ai.provider import Price

#: Where a model may live; `sentence_transformers` and `onnx` run here from files.
PROVIDERS = (
    "local", "openai", "azure", "anthropic", "cohere", "ollama", "onnx", "sentence_transformers",
)  # fmt: skip
STORES = ("memory", "embedded", "qdrant", "pinecone", "weaviate")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h)?")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, None: 1.0}


class WrongValue(ValueError):
    """A setting's value cannot be used; the text goes on after the setting's name."""


#: Reads a plain value; paths are relative to the folder of the configuration.
Setting: TypeAlias = Callable[[Any, Path], Any]


def _text(value: Any, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongValue("must be a text")
    return value


def _secret(value: Any, folder: Path) -> Secret:
    if not isinstance(value, str) or not value.strip():
        raise WrongValue("must be a text")
    if any(ord(letter) < 33 or ord(letter) > 126 for letter in value.strip()):
        raise WrongValue("has a character that no key has")
    return Secret(value.strip())


def _url(value: Any, folder: Path) -> str:
    if not isinstance(value, str) or not re.match(r"(?:https?://|\$\{)", value):
        raise WrongValue("must be an address that starts with http:// or https://")
    return value.rstrip("/")


def _host(value: Any, folder: Path) -> str:
    text = _text(value, folder).rstrip("/")
    return text if "://" in text else f"https://{text}"


def _path(value: Any, folder: Path) -> str:
    return str(folder / _text(value, folder))


def _flag(value: Any, folder: Path) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("must be true or false")
    return value


def _duration(value: Any, folder: Path) -> float:
    found = _DURATION.fullmatch(str(value).strip()) if isinstance(value, str | int | float) else None
    seconds = float(found.group(1)) * _UNITS[found.group(2)] if found and not isinstance(value, bool) else 0.0
    if seconds <= 0:
        raise WrongValue('must be a time such as "30s" or "500ms"')
    return seconds


def _whole(least: int, most: int) -> Setting:
    def read(value: Any, folder: Path) -> int:
        if isinstance(value, str) and re.fullmatch(r"\d{1,15}", value):  # from an environment variable
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise WrongValue(f"must be a whole number from {least} to {most}")
        return value

    return read


def _number(least: float, most: float) -> Setting:
    def read(value: Any, folder: Path) -> float:
        if isinstance(value, str) and re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", value):
            value = float(value)
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise WrongValue(f"must be a number from {least:g} to {most:g}")
        return float(value)

    return read


def _choice(*allowed: str) -> Setting:
    def read(value: Any, folder: Path) -> str:
        found = value.lower() if isinstance(value, str) else ""
        if found not in allowed:
            raise WrongValue(f"must be one of: {', '.join(allowed)}")
        return found

    return read


def _texts(value: Any, folder: Path) -> list[str]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(each, str) and each for each in found):
        raise WrongValue("must be a list of texts")
    return found


def _labels(value: Any, folder: Path) -> list[str]:
    """Read labels: a list, or the path of a file with one a line."""
    if isinstance(value, str):
        try:
            value = (folder / value).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as reason:
            raise WrongValue(f"names a file that cannot be read: {reason}") from None
    return _texts(value, folder)


def _price(value: Any, folder: Path) -> Price:
    names = {"input", "output", "cached_input"}
    if not isinstance(value, dict) or not value or not value.keys() <= names:
        raise WrongValue('must hold "input", "output" or "cached_input", in dollars per million tokens')
    for each in value.values():
        if not isinstance(each, int | float) or isinstance(each, bool) or not (0 <= each < math.inf):
            raise WrongValue("must hold numbers that are not negative")
    return Price(**{name: float(each) for name, each in value.items()})


def _headers(value: Any, folder: Path) -> dict[str, Secret]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise WrongValue("must be a mapping of texts")
    return {name: Secret(each) for name, each in value.items()}


#: Of entries of `ai_models`, beside `provider` and `model`.
MODEL_SETTINGS: Mapping[str, Setting] = {
    "api_key": _secret,
    "base_url": _url,
    "api_version": _text,
    "organization": _text,
    "headers": _headers,
    "deployment": _text,
    "timeout": _duration,
    "batch_size": _whole(1, 100_000),
    "concurrency": _whole(1, 1000),
    "retries": _whole(0, 100),
    "mode": _choice("online", "batch"),
    "endpoint": _choice("chat", "responses"),
    "kind": _choice("embed", "chat", "image", "predict"),
    "tasks": _texts,
    "default": _flag,
    "price": _price,
    "requests_per_minute": _whole(1, 10_000_000),
    "temperature": _number(0, 2),
    "top_p": _number(0, 1),
    "max_tokens": _whole(1, 1_000_000),
    "seed": _whole(0, 2**53),
    "dimensions": _whole(1, 20_000),
    "input_type": _choice("search_document", "search_query", "classification", "clustering"),
    "truncate": _choice("none", "start", "end"),
    "reasoning_effort": _choice("none", "minimal", "low", "medium", "high"),
    "stop": _texts,
    "structured_outputs": _flag,
    "path": _path,
    "labels": _labels,
    "features": _texts,
    "window": _whole(16, 32_768),
    "fallback": _choice("none", "hashed"),
}

#: Of entries of `vector_stores`, beside `type`.
STORE_SETTINGS: Mapping[str, Setting] = {
    "url": _url,
    "host": _host,
    "api_key": _secret,
    "headers": _headers,
    "timeout": _duration,
    "collection": _text,
    "index": _text,
    "environment": _text,
    "namespace": _text,
    "class": _text,
    "tenant": _text,
    "vector": _text,
    "properties": _texts,
    "path": _path,
    "dimension": _whole(1, 20_000),
    "distance": _choice("cosine", "dot", "euclidean", "euclid", "dotproduct", "l2"),
    "batch_size": _whole(1, 100_000),
    "concurrency": _whole(1, 1000),
    "retries": _whole(0, 100),
}
