"""The `sentiment_analysis` function."""

from typing import Any, Literal

from dtl.functions import Effect, function
from dtl.types.annotations import Fallible, Maybe, String

from ._ask import ask, object_schema, one_of, structured

_LABELS = {each: each for each in ("positive", "negative", "neutral")}
_PROMPT = structured(
    "Decide which mood the text expresses as a whole: positive, negative, or neutral when it is factual or balanced.",
    object_schema({"sentiment": {"type": "string", "enum": list(_LABELS)}}),
)


@function(effect=Effect.AI, dialect="dtl")
def sentiment_analysis(
    value: String,
    model: Maybe[String] = None,
) -> Fallible[Literal["positive", "negative", "neutral"]]:
    """Tell whether a text is positive, negative or neutral in mood.

    Args:
        value: The text.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

    Examples:
        A glad customer:
            >>> sentiment_analysis("I love this, it works great!")
            "positive"

        No text:
            >>> sentiment_analysis("  ")
            error: the text is empty
    """
    return ask("sentiment_analysis", value, model, _PROMPT, _read)  # type: ignore[return-value]


def _read(answer: Any) -> str:
    return one_of(answer, "sentiment", _LABELS)
