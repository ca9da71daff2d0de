"""The `embed` function."""

from operator import countOf
from typing import Any

from dtl.ai.request import Request
from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, Float, Maybe, String

from ._ask import filled, named


@function(effect=Effect.AI, dialect="dtl")
def embed(value: String, model: Maybe[String] = None) -> Fallible[list[Float]]:
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
    # Of the ways to look at every number, counting is the quickest.
    return answer if countOf(map(type, answer), float) == len(answer) else _floats(answer)


def _floats(answer: list[Any]) -> list[float]:
    if not all(type(each) in (int, float) for each in answer):
        raise FunctionError("the model's answer is no vector")
    return list(map(float, answer))
