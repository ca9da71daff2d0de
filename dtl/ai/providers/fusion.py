"""Several tasks about one text as one prompt with one structured answer, and that answer taken apart again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dtl.ai.http import wire
from dtl.ai.provider import Ask, Refusal, Reply, Usage
from dtl.ai.request import Prompt

_TEXT: Mapping[str, Any] = {"type": "string"}


def combine(asks: Sequence[Ask]) -> tuple[Prompt, dict[str, Any]]:
    """Return the prompt for asks about one input, and the options of their call.

    A single ask keeps its own prompt, and so its own form of answer. Otherwise the answer is an object with a field
    for each ask, named by `labels`, whose schema is the ask's own (a string for plain text). `max_tokens` is the sum
    of what the asks may use; it is left out when one of them has no bound.
    """
    if len(asks) == 1:
        prompt = asks[0].request.prompt or Prompt("")
        return Prompt(_noted(prompt.instructions, asks[0].note), prompt.schema, prompt.version), dict(asks[0].options)
    names = labels(asks)
    parts = [
        f"Do these {len(asks)} tasks on the same text, each as if it were the only one. "
        "Answer each in the field of its name."
    ]
    properties: dict[str, Any] = {}
    for name, ask in zip(names, asks, strict=True):
        prompt = ask.request.prompt or Prompt("")
        parts.append(f"{name}: {_noted(prompt.instructions, ask.note)}")
        properties[name] = prompt.schema if prompt.schema is not None else _TEXT
    schema = {"type": "object", "properties": properties, "required": names, "additionalProperties": False}
    return Prompt("\n\n".join(parts), schema), _options(asks)


def separate(asks: Sequence[Ask], answer: Any) -> dict[int, Any]:
    """Return the answers by the asks' ids; what is not there is left out.

    Args:
        asks: As they were given to `combine`.
        answer: The text, or the value read from it as JSON where the combined prompt has a schema.
    """
    if len(asks) == 1:
        return {asks[0].id: answer}
    if not isinstance(answer, Mapping):
        return {}
    return {ask.id: answer[name] for name, ask in zip(labels(asks), asks, strict=True) if name in answer}


def answered(asks: Sequence[Ask], text: str | None, problem: Refusal | None, usage: Usage) -> Reply:
    """Return the reply of a language model's text to asks about one input."""
    if text is None:
        problem = problem or Refusal("malformed", "the response holds no text")
        if problem.kind == "poison" and len(asks) > 1:
            # One task of several may be at fault: each is asked alone.
            problem = Refusal("malformed", problem.message)
        return Reply(refusals={ask.id: problem for ask in asks}, usage=usage)
    wants_json = len(asks) > 1 or (asks[0].request.prompt is not None and asks[0].request.prompt.schema is not None)
    return Reply(separate(asks, wire.structured(text) if wants_json else text), usage=usage)


def labels(asks: Sequence[Ask]) -> list[str]:
    """Return a name for each ask: its task, numbered from the second of the same task on."""
    seen: dict[str, int] = {}
    names = []
    for ask in asks:
        count = seen[ask.request.task] = seen.get(ask.request.task, 0) + 1
        names.append(ask.request.task if count == 1 else f"{ask.request.task}_{count}")
    return names


def _noted(instructions: str, note: str | None) -> str:
    if note is None:
        return instructions
    return f"{instructions}\n\nAn earlier answer was refused: {note}. Answer again, and mind that."


def _options(asks: Sequence[Ask]) -> dict[str, Any]:
    options = dict(asks[0].options)
    bounds = [ask.options.get("max_tokens") for ask in asks]
    options.pop("max_tokens", None)
    if all(isinstance(bound, int) for bound in bounds):
        options["max_tokens"] = sum(bound for bound in bounds if isinstance(bound, int))
    return options
