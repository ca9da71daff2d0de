"""The `llm_chat` function."""

from typing import Any

from dtl.ai.request import Prompt, Request
from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, Float, Integer, Maybe, String

from ._ask import filled, named, text

_MOST = 100_000


@function(effect=Effect.AI, dialect="dtl")
def llm_chat(
    value: String,
    system: Maybe[String] = None,
    max_tokens: Maybe[Integer] = None,
    temperature: Maybe[Float | Integer] = None,
    model: Maybe[String] = None,
) -> Fallible[String]:
    """Say something to a language model and give its answer.

    The `local` provider holds no language model: there the answer is the sentence of the message that is most like
    the question at its end, and the call fails when there is none.

    Args:
        value: The message.
        system: What the model should be and mind.
        max_tokens: How long the answer may be, in tokens.
        temperature: How free the choice of words is, 0 to 2.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The message is empty.

        `max_tokens` or `temperature` is out of range.

    Examples:
        A question about the text before it:
            >>> llm_chat("The office opens at nine. Lunch is at noon. When does the office open?")
            "The office opens at nine."

        No message:
            >>> llm_chat("")
            error: the text is empty

        Too hot:
            >>> llm_chat("Hello", temperature: 3)
            error: "temperature" must be from 0 to 2, got 3
    """
    options: dict[str, Any] = {}
    if max_tokens is not None:
        if not 1 <= max_tokens <= _MOST:
            raise FunctionError(f'"max_tokens" must be from 1 to {_MOST}, got {max_tokens}')
        options["max_tokens"] = max_tokens
    if temperature is not None:
        if not 0 <= temperature <= 2:
            raise FunctionError(f'"temperature" must be from 0 to 2, got {temperature}')
        options["temperature"] = float(temperature)
    prompt = Prompt(system or "", fuses=False)
    return Request("chat", "llm_chat", named(model), filled(value), options, prompt, text)  # type: ignore[return-value]
