"""The `image_classify` function."""

from functools import partial
from typing import Any, TypedDict

from dtl.ai.request import Prompt, Request
from dtl.functions import Context, Effect, FunctionError, function
from dtl.types.annotations import Array, Fallible, Float, Integer, Maybe, String

from ._ask import count, field, named, object_schema
from ._categories import categories_of
from ._image import image_of

_MOST = 100


class Label(TypedDict):
    """What an image shows, and how sure that is, 0 to 1."""

    label: String
    score: Float


@function(effect=Effect.AI, dialect="dtl")
def image_classify(
    value: String,
    categories: Maybe[Array] = None,
    top_k: Integer = 1,
    model: Maybe[String] = None,
    *,
    context: Context,
) -> Fallible[list[Label]]:
    """Tell what an image shows, the surest label first.

    Args:
        value: The image: a file's path, an address (not in the sandbox), or base64 text.
        categories: The labels to choose from; the model's own when left out.
        top_k: How many labels at most, 1 to 100.
        model: An entry of `ai_models`, or a provider's model; the default for images when left out.

    Raises:
        The image is empty, cannot be read, or is none.

        `top_k` is out of range.

    Examples:
        A photograph:
            >>> image_classify("cat.jpg", categories: ["cat", "dog"])
            [{ "label": "cat", "score": 0.98 }]  # not run: needs a file

        No image:
            >>> image_classify("")
            error: the image is empty

        No label wanted:
            >>> image_classify("cat.jpg", top_k: to_int!("0"))
            error: "top_k" must be from 1 to 100, got 0
    """
    options: dict[str, Any] = {"top_k": count(top_k, "top_k", _MOST)}
    label: dict[str, Any] = {"type": "string"}
    if categories is not None:
        options["categories"] = label["enum"] = list(categories_of(categories).names)
    schema = object_schema({"label": label, "score": {"type": "number", "minimum": 0, "maximum": 1}})
    prompt = Prompt(
        f"Tell what the image shows: at most {top_k} labels, the surest first, each with its probability.",
        object_schema({"labels": {"type": "array", "items": schema}}),
    )
    image, read = image_of(value, context), partial(_read, top_k)
    return Request("image", "image_classify", named(model), image, options, prompt, read)  # type: ignore[return-value]


def _read(most: int, answer: Any) -> list[dict[str, Any]]:
    found = field(answer, "labels")
    try:
        labels = [{"label": str(each["label"]), "score": float(each["score"])} for each in found]
    except (TypeError, KeyError, ValueError) as reason:
        raise FunctionError("the model's answer holds something that is no label") from reason
    return sorted(labels, key=lambda each: -each["score"])[:most]  # type: ignore[operator]
