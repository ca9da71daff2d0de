"""The `embed` function."""

from typing import Any

from dtl.ai.request import Request
from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, Float, String

from ._ask import filled, named


@function(effect=Effect.AI, dialect="dtl")
def embed(value: String, model: String = None) -> Fallible[list[Float]]:  # type: ignore[assignment]
    """Turn a text into a vector, such that texts of like meaning have vectors that are close.

    Vectors of different models cannot be compared. Over many records, equal texts are asked for once, and many texts
    share one request.

    Args:
        value: The text.
        model: An entry of `ai_models`, or a provider's model; the default for embeddings when left out.

    Raises:
        The text is empty.

    Examples:
        The size of a vector:
            >>> length(embed("A cup of tea"))
            384

        Nothing to embed:
            >>> embed("")
            error: the text is empty
    """
    return Request("embed", "embed", named(model), filled(value), {}, None, _read)  # type: ignore[return-value]


def _read(answer: Any) -> list[float]:
    if not isinstance(answer, list) or not answer:
        raise FunctionError("the model's answer is no vector")
    return answer if type(answer[0]) is float and set(map(type, answer)) == {float} else _floats(answer)


def _floats(answer: list[Any]) -> list[float]:
    if not all(type(each) in (int, float) for each in answer):
        raise FunctionError("the model's answer is no vector")
    return list(map(float, answer))
