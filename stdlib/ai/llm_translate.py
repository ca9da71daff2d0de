"""The `llm_translate` function."""

from typing import Any

from dtl.functions import Effect, InvalidArgument, function
from dtl.types.annotations import Fallible, Maybe, String

from ._ask import ask, plain, text


@function(effect=Effect.AI, dialect="dtl")
def llm_translate(
    value: String,
    to: String = "en",
    from_: Maybe[String] = None,
    model: Maybe[String] = None,
) -> Fallible[String]:
    """Translate a text.

    The `local` provider holds no translating model: there a text comes back as it is when it is in the language
    wanted, and the call fails otherwise.

    Args:
        value: The text.
        to: The language wanted, as a code or a name.
        from: The text's language; the model finds it out when left out.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `to` is empty.

    Examples:
        Nothing to do:
            >>> llm_translate("The weather will be fine tomorrow.", to: "en")
            "The weather will be fine tomorrow."

        No text:
            >>> llm_translate("")
            error: the text is empty

        No language:
            >>> llm_translate("A text", to: join!([]))
            error: "to" must name a language
    """
    options: dict[str, Any] = {"to": _to(to)}
    source = ""
    if from_:
        options["from"] = from_
        source = f" from {from_}"
    told = f"Translate the text{source} into {to}. Keep its meaning, tone and layout."
    return ask("llm_translate", value, model, plain(told), text, options)  # type: ignore[return-value]


@llm_translate.prepare("to")
def _to(value: str) -> str:
    if not value.strip():
        raise InvalidArgument('"to" must name a language')
    return value
