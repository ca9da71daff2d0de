"""What is written down of questions that are under way, so that another run can read what answers them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from dtl.ai.cache.key import KEY_SIZE
from dtl.ai.provider import Ask
from dtl.ai.request import Prompt, Request


def describe(keys: Sequence[bytes], asks: Sequence[Ask]) -> dict[str, Any]:
    """Return what must be known of asks to read a response to them: no input, nothing secret."""
    shapes: list[dict[str, Any]] = []
    numbers: dict[tuple[int, int, str], int] = {}
    of = []
    for ask in asks:
        request = ask.request
        name = (id(request.prompt), id(ask.options), request.task)
        number = numbers.get(name)
        if number is None:
            number = numbers[name] = len(shapes)
            schema = None if request.prompt is None else request.prompt.schema
            shapes.append(
                {
                    "kind": request.kind,
                    "task": request.task,
                    "model": ask.model,
                    "options": dict(ask.options),
                    "schema": schema,
                }
            )
        of.append(number)
    told: dict[str, Any] = {"keys": b64encode(b"".join(keys)).decode(), "shapes": shapes}
    if len(shapes) > 1:
        told["of"] = of
    return told


def restored(told: dict[str, Any]) -> list[tuple[bytes, Ask]]:
    """Return the keys, and asks such as a response can be read for; their ids count from 0.

    Raises:
        ValueError, LookupError, TypeError: It is no description.
    """
    keys = keys_of(told)
    made = []
    for shape in told["shapes"]:
        prompt = None if shape["schema"] is None else Prompt("", shape["schema"])
        made.append((Request(shape["kind"], shape["task"], None, None, shape["options"], prompt), shape))
    of = told.get("of") or [0] * len(keys)
    return [
        (key, Ask(index, made[number][0], made[number][1]["model"], made[number][1]["options"]))
        for index, (key, number) in enumerate(zip(keys, of, strict=True))
    ]


def keys_of(told: dict[str, Any]) -> list[bytes]:
    """Return the keys in a description.

    Raises:
        ValueError, LookupError, TypeError: It is none.
    """
    joined = b64decode(told["keys"])
    return [joined[at : at + KEY_SIZE] for at in range(0, len(joined), KEY_SIZE)]
