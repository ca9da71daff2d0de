"""Functions that are another one on a fixed provider: `gpt_summarize` is `llm_summarize` on OpenAI."""

from copy import copy
from dataclasses import replace
from functools import wraps
from typing import Any

from dtl.ai.request import Request
from dtl.functions import Function

#: How a request names a provider instead of a model: the router takes its first entry for the kind of request.
PREFIX = "provider:"
_SERVICES = {"gpt": ("openai", "OpenAI"), "claude": ("anthropic", "Anthropic")}


def twin(original: Function, family: str) -> Function:
    """Return a function like another that is named after a family of models and asks their provider."""
    provider, title = _SERVICES[family]
    name = original.name.replace("llm", family, 1)

    @wraps(original.evaluate)
    def evaluate(*arguments: Any) -> Request:
        request: Request = original.evaluate(*arguments)
        return request if request.model is not None else replace(request, model=PREFIX + provider)

    evaluate.__name__ = name
    evaluate.__doc__ = _documentation(original, name, title)
    other = copy(original)
    other.name, other.evaluate = name, evaluate
    vars(other).pop("documentation", None)  # it may have been read already
    return other


def _documentation(original: Function, name: str, title: str) -> str:
    text = original.evaluate.__doc__ or ""
    summary, rest = text.split("\n", 1)
    return f"{summary} On {title}'s models, as `{original.name}` does on the default one.\n{rest}".replace(
        f"{original.name}(", f"{name}("
    )
