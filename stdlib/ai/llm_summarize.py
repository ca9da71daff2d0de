"""The `llm_summarize` function."""

from typing import Any

from dtl.functions import Effect, InvalidArgument, function
from dtl.types.annotations import Fallible, Integer, Maybe, String

from ._ask import ask, plain, text

_MOST = 100_000


@function(effect=Effect.AI, dialect="dtl")
def llm_summarize(
    value: String,
    max_tokens: Integer = 150,
    style: Maybe[String] = None,
    model: Maybe[String] = None,
) -> Fallible[String]:
    """Say in a few sentences what a text says.

    Args:
        value: The text.
        max_tokens: How long the summary may be, in the model's tokens (about three quarters of a word each).
        style: How it should read, such as "one sentence" or "bullet points".
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `max_tokens` is out of range.

    Examples:
        What fits is kept:
            >>> llm_summarize("The bridge is closed.")
            "The bridge is closed."

        No text:
            >>> llm_summarize("")
            error: the text is empty

        No room:
            >>> llm_summarize("A text", max_tokens: to_int!("0"))
            error: "max_tokens" must be from 1 to 100000, got 0
    """
    options = {"max_tokens": _max_tokens(max_tokens)}
    arguments: dict[str, Any] = dict(options)
    words = max(5, max_tokens * 3 // 4)
    told = f"Summarize the text in its own language, in at most {words} words, with its facts and without additions."
    if style:
        arguments["style"] = style
        told += f" Style: {style}."
    return ask("llm_summarize", value, model, plain(told), text, arguments, options)  # type: ignore[return-value]


@llm_summarize.prepare("max_tokens")
def _max_tokens(value: int) -> int:
    if not 1 <= value <= _MOST:
        raise InvalidArgument(f'"max_tokens" must be from 1 to {_MOST}, got {value}')
    return value
