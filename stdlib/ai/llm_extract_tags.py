"""The `llm_extract_tags` function."""

from functools import lru_cache, partial
from typing import Any

from dtl.ai.request import Prompt
from dtl.functions import Effect, InvalidArgument, function
from dtl.types.annotations import Fallible, Integer, Maybe, String

from ._ask import ask, object_schema, structured, texts

_MOST = 100


@function(effect=Effect.AI, dialect="dtl")
def llm_extract_tags(
    value: String,
    max_tags: Integer = 5,
    model: Maybe[String] = None,
) -> Fallible[list[String]]:
    """Give a text tags to file it under: short, in lower case, the most fitting first.

    Args:
        value: The text.
        max_tags: How many at most, 1 to 100.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `max_tags` is out of range.

    Examples:
        The tag of a sentence:
            >>> llm_extract_tags("The ozone layer is recovering, and the ozone layer is what counts.", max_tags: 1)
            ["ozone layer"]

        No text:
            >>> llm_extract_tags("")
            error: the text is empty

        No tags wanted:
            >>> llm_extract_tags("A text", max_tags: to_int!("0"))
            error: "max_tags" must be from 1 to 100, got 0
    """
    options = {"max_tags": _max_tags(max_tags)}
    read = partial(_read, max_tags)
    return ask("llm_extract_tags", value, model, _prompt(max_tags), read, options)  # type: ignore[return-value]


@llm_extract_tags.prepare("max_tags")
def _max_tags(value: int) -> int:
    if not 1 <= value <= _MOST:
        raise InvalidArgument(f'"max_tags" must be from 1 to {_MOST}, got {value}')
    return value


@lru_cache(_MOST)
def _prompt(number: int) -> Prompt:
    tags = object_schema({"tags": {"type": "array", "items": {"type": "string"}}})
    return structured(
        f"Give the text at most {number} tags in lower case under which a reader would look for it.", tags
    )


def _read(number: int, answer: Any) -> list[str]:
    lowered = [tag.lower() for tag in texts(answer, "tags", _MOST)]
    return list(dict.fromkeys(lowered))[:number]
