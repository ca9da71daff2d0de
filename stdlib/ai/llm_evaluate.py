"""The `llm_evaluate` function."""

import re
from functools import lru_cache, partial
from typing import Any

from dtl.ai.request import Prompt
from dtl.functions import Effect, FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Fallible, Float, Maybe, String

from ._ask import ask, field, object_schema, structured

_SCALE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|\.\.|to)\s*(-?\d+(?:\.\d+)?)\s*")


@function(effect=Effect.AI, dialect="dtl")
def llm_evaluate(
    value: String,
    criteria: String | Array = "quality",
    scale: String = "0-1",
    model: Maybe[String] = None,
) -> Fallible[Float]:
    """Rate a text by some criteria and give the mean of the ratings.

    The `local` provider holds no language model: there the ratings measure the surface of the text (readability,
    density, wording), not what it says.

    Args:
        value: The text.
        criteria: Names divided by commas, or an array of names.
        scale: The least and the best rating, such as "0-10".
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `criteria` names nothing, or something else than texts.

        `scale` is no range.

    Examples:
        An easy text:
            >>> llm_evaluate("The cat sat on the mat.", criteria: "clarity", scale: "0-10")
            10.0

        No text:
            >>> llm_evaluate("", criteria: "clarity")
            error: the text is empty

        No criteria:
            >>> llm_evaluate("A text", criteria: compact([]))
            error: "criteria" names nothing

        No range:
            >>> llm_evaluate("A text", scale: join!(["high"]))
            error: "scale" must be a range such as "0-10", got "high"
    """
    names = _criteria(criteria)
    low, high = _scale(scale)
    options = {"criteria": list(names), "low": low, "high": high}
    read = partial(_read, names, low, high)
    return ask("llm_evaluate", value, model, _prompt(names, low, high), read, options)  # type: ignore[return-value]


@llm_evaluate.prepare("criteria")
def _criteria(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):  # it was constant, and is ready
        return value
    parts = value.split(",") if isinstance(value, str) else value
    if not all(isinstance(part, str) for part in parts):
        raise InvalidArgument('"criteria" must be texts')
    names = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if not names:
        raise InvalidArgument('"criteria" names nothing')
    return names


@llm_evaluate.prepare("scale")
def _scale(value: Any) -> tuple[float, float]:
    if isinstance(value, tuple):
        return value
    found = _SCALE.fullmatch(value)
    if found is None or float(found.group(1)) >= float(found.group(2)):
        raise InvalidArgument(f'"scale" must be a range such as "0-10", got "{value}"')
    return float(found.group(1)), float(found.group(2))


@lru_cache(1024)
def _prompt(names: tuple[str, ...], low: float, high: float) -> Prompt:
    rating = {"type": "number", "minimum": low, "maximum": high}
    return structured(
        f"Rate the text by each criterion from {low:g} (worst) to {high:g} (best).",
        object_schema({"ratings": object_schema({name: rating for name in names})}),
    )


def _read(names: tuple[str, ...], low: float, high: float, answer: Any) -> float:
    ratings = field(answer, "ratings")
    found = [field(ratings, name) for name in names]
    for each in found:
        if type(each) not in (int, float) or not low <= each <= high:
            raise FunctionError(f"the model's rating {each!r} is not from {low:g} to {high:g}")
    return round(float(sum(found)) / len(found), 6)
