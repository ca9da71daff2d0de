"""The `image_ocr` function."""

from typing import Any

from dtl.ai.request import Prompt, Request
from dtl.functions import Context, Effect, FunctionError, function
from dtl.types.annotations import Fallible, Maybe, String

from ._ask import field, named, object_schema
from ._image import image_of

_PROMPT = Prompt("Give the text that stands in the image, line by line.", object_schema({"text": {"type": "string"}}))


@function(effect=Effect.AI, dialect="dtl")
def image_ocr(
    value: String,
    model: Maybe[String] = None,
    *,
    context: Context,
) -> Fallible[String]:
    """Read the text in an image, its lines divided by line ends.

    Args:
        value: The image: a file's path, an address (not in the sandbox), or base64 text.
        model: An entry of `ai_models`, or a provider's model; the default for images when left out.

    Raises:
        The image is empty, cannot be read, or is none.

    Examples:
        A scanned page:
            >>> image_ocr("page.png")
            "Chapter One"  # not run: needs a file

        No image:
            >>> image_ocr("")
            error: the image is empty
    """
    image = image_of(value, context)
    return Request("image", "image_ocr", named(model), image, {}, _PROMPT, _read)  # type: ignore[return-value]


def _read(answer: Any) -> str:
    found = field(answer, "text")
    if not isinstance(found, str):
        raise FunctionError("the model's answer is no text")
    return found
