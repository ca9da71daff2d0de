"""The `extract_topics` function."""

from functools import lru_cache, partial
from typing import Any

from dtl.ai.request import Prompt
from dtl.functions import Effect, InvalidArgument, function
from dtl.types.annotations import Fallible, Integer, Maybe, String

from ._ask import ask, object_schema, structured, texts

_MOST = 100


@function(effect=Effect.AI, dialect="dtl")
def extract_topics(
    value: String,
    num_topics: Integer = 3,
    model: Maybe[String] = None,
) -> Fallible[list[String]]:
    """Name the topics of a text, the weightiest first.

    Args:
        value: The text.
        num_topics: How many at most, 1 to 100.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `num_topics` is out of range.

    Examples:
        The topic of a sentence:
            >>> extract_topics("The ozone layer is recovering, and the ozone layer is what counts.", num_topics: 1)
            ["ozone layer"]

        No text:
            >>> extract_topics("")
            error: the text is empty

        No topic wanted:
            >>> extract_topics("A text", num_topics: to_int!("0"))
            error: "num_topics" must be from 1 to 100, got 0
    """
    options = {"num_topics": _num_topics(num_topics)}
    read = partial(_read, num_topics)
    return ask("extract_topics", value, model, _prompt(num_topics), read, options)  # type: ignore[return-value]


@extract_topics.prepare("num_topics")
def _num_topics(value: int) -> int:
    if not 1 <= value <= _MOST:
        raise InvalidArgument(f'"num_topics" must be from 1 to {_MOST}, got {value}')
    return value


@lru_cache(_MOST)
def _prompt(number: int) -> Prompt:
    topics = object_schema({"topics": {"type": "array", "items": {"type": "string"}}})
    return structured(f"Name the main topics of the text in one to three words each, at most {number}.", topics)


def _read(number: int, answer: Any) -> list[str]:
    return texts(answer, "topics", number)
