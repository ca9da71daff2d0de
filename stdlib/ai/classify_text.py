"""The `classify_text` function."""

from typing import Any

from dtl.functions import ABSENT, Arguments, Effect, FunctionError, Result, function
from dtl.types.annotations import Array, Fallible, Maybe, Object, String
from dtl.types.type import STRING, Type

from ._ask import ask
from ._categories import DEFAULT, Categories, categories_of


@function(effect=Effect.AI, dialect="dtl")
def classify_text(
    value: String,
    categories: Maybe[Array | Object] = None,
    model: Maybe[String] = None,
) -> Fallible[String]:
    """Choose the category that a text belongs to.

    Without `categories` it is one of technology, business, science, entertainment, sports, health, politics, world.
    Where the categories are constant, the result's type is one of exactly these texts.

    Args:
        value: The text.
        categories: The names to choose from, or an object of names and descriptions, which make the choice surer.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `categories` is empty, or holds something else than different texts.

    Examples:
        One of three:
            >>> classify_text("The striker scored twice in the final match.", ["tech", "business", "sports"])
            "sports"

        No text:
            >>> classify_text("", ["a", "b"])
            error: the text is empty

        Nothing to choose from:
            >>> classify_text("A text", categories: compact([]))
            error: "categories" must not be empty
    """
    chosen = _chosen(categories)
    return ask(  # type: ignore[return-value]
        "classify_text",
        value,
        model,
        chosen.prompt,
        chosen.read,
        chosen.options,
    )


def _chosen(categories: Any) -> Categories:
    if categories is None:
        return DEFAULT
    return categories if isinstance(categories, Categories) else categories_of(categories)


@classify_text.prepare("categories")
def _categories(value: Any) -> Categories:
    return categories_of(value)


@classify_text.typed
def _result(arguments: Arguments) -> Result:
    given = arguments.constant("categories")
    if given is ABSENT and arguments.given("categories"):
        return Result(Type(STRING), True)
    try:
        names = DEFAULT.names if given is ABSENT or given is None else categories_of(given).names
    except FunctionError:
        return Result(Type(STRING), True)
    return Result(Type(STRING, texts=frozenset(names)), True)
