"""The `image_detect` function."""

from functools import partial
from typing import Any, TypedDict

from dtl.ai.request import Prompt, Request
from dtl.functions import Context, Effect, FunctionError, function
from dtl.types.annotations import Fallible, Float, Integer, Maybe, String

from ._ask import field, named, object_schema
from ._image import image_of

_NUMBER = {"type": "number"}


class Detection(TypedDict):
    """A thing in an image: its label, how sure that is (0 to 1), and its box as shares of width and height."""

    label: String
    score: Float
    x: Float
    y: Float
    width: Float
    height: Float


_ITEM = object_schema({"label": {"type": "string"}, **dict.fromkeys(("score", "x", "y", "width", "height"), _NUMBER)})
_PROMPT = Prompt(
    "Find the things in the image. Give each one's label, how sure it is from 0 to 1, and the box around it: x and y "
    "of the upper left corner, width and height, as shares of the image's width and height from 0 to 1.",
    object_schema({"objects": {"type": "array", "items": _ITEM}}),
)


@function(effect=Effect.AI, dialect="dtl")
def image_detect(
    value: String,
    threshold: Float | Integer = 0.25,
    model: Maybe[String] = None,
    *,
    context: Context,
) -> Fallible[list[Detection]]:
    """Find things in an image, the surest first.

    Args:
        value: The image: a file's path, an address (not in the sandbox), or base64 text.
        threshold: How sure a thing must be to count, 0 to 1.
        model: An entry of `ai_models`, or a provider's model; the default for images when left out.

    Raises:
        The image is empty, cannot be read, or is none.

        `threshold` is out of range.

    Examples:
        A street:
            >>> image_detect("street.jpg", threshold: 0.5)
            [{ "height": 0.3, "label": "car", "score": 0.9, "width": 0.4, "x": 0.1, "y": 0.5 }]  # not run: needs a file

        No image:
            >>> image_detect("")
            error: the image is empty

        Surer than sure:
            >>> image_detect("street.jpg", threshold: 2)
            error: "threshold" must be from 0 to 1, got 2
    """
    if not 0 <= threshold <= 1:
        raise FunctionError(f'"threshold" must be from 0 to 1, got {threshold}')
    image, options = image_of(value, context), {"threshold": float(threshold)}
    read = partial(_read, float(threshold))
    return Request("image", "image_detect", named(model), image, options, _PROMPT, read)  # type: ignore[return-value]


def _read(threshold: float, answer: Any) -> list[dict[str, Any]]:
    found = field(answer, "objects")
    try:
        things: list[dict[str, Any]] = [
            {"label": str(each["label"]), **{k: float(each[k]) for k in ("score", "x", "y", "width", "height")}}
            for each in found
        ]
    except (TypeError, KeyError, ValueError) as reason:
        raise FunctionError("the model's answer holds something that is no detection") from reason
    return sorted((each for each in things if each["score"] >= threshold), key=lambda each: -each["score"])
