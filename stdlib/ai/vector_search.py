"""The `vector_search` function."""

from typing import Any, NotRequired, TypedDict

from dtl.ai.request import Request
from dtl.functions import Effect, FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Fallible, Float, Integer, Maybe, Object, String

from ._vectors import vector

_MOST = 10_000


class Match(TypedDict):
    """What a store knows of one of its vectors, and how like the searched one it is."""

    id: String
    score: Float
    embedding: list[Float]
    metadata: Object
    text: NotRequired[String]


@function(effect=Effect.AI, dialect="dtl")
def vector_search(
    value: Array,
    store: String,
    top_k: Integer = 5,
    threshold: Maybe[Float | Integer] = None,
    filter: Maybe[Object] = None,
) -> Fallible[list[Match]]:
    """Find the vectors in a store that are most like one, the most alike first.

    Args:
        value: The vector.
        store: An entry of `vector_stores`, or the name of a store that `dtl vectors load` filled.
        top_k: How many matches at most, 1 to 10,000.
        threshold: The least score of a match.
        filter: Values that a match's metadata must have, by field; an array stands for any of its elements.

    Raises:
        The vector is empty or holds something else than numbers.

        `top_k` is out of range.

    Examples:
        A store without a like vector:
            >>> vector_search([0.6, 0.8], store: "empty_store", top_k: 3)
            []

        Not a vector:
            >>> vector_search([], "empty_store")
            error: the vector "value" is empty

        No matches wanted:
            >>> vector_search([1.0], "empty_store", top_k: to_int!("0"))
            error: "top_k" must be from 1 to 10000, got 0
    """
    vector(value)
    _top_k(top_k)
    options: dict[str, Any] = {"top_k": top_k}
    if threshold is not None:
        options["threshold"] = float(threshold)
    if filter:
        options["filter"] = filter
    return Request("search", "vector_search", _store(store), value, options, None, _read)  # type: ignore[return-value]


@vector_search.prepare("top_k")
def _top_k(value: int) -> int:
    if not 1 <= value <= _MOST:
        raise InvalidArgument(f'"top_k" must be from 1 to {_MOST}, got {value}')
    return value


@vector_search.prepare("store")
def _store(value: str) -> str:
    if not value.strip():
        raise InvalidArgument("the store's name is empty")
    return value


@vector_search.prepare("filter")
def _filter(value: dict[str, Any]) -> dict[str, Any]:
    for name, wanted in value.items():
        for each in wanted if isinstance(wanted, list) else [wanted]:
            if not isinstance(each, str | int | float | bool):
                raise InvalidArgument(
                    f'the filter for "{name}" must be a text, a number, a boolean or an array of them'
                )
    return value


def _read(answer: Any) -> list[dict[str, Any]]:
    if not isinstance(answer, list):
        raise FunctionError("the store's answer is no list of matches")
    return [_match(each) for each in answer]


def _match(found: Any) -> dict[str, Any]:
    try:
        match = {
            "id": str(found["id"]),
            "score": float(found["score"]),
            "embedding": found.get("embedding") or [],
            "metadata": found.get("metadata") or {},
        }
    except (TypeError, KeyError, ValueError, AttributeError) as reason:
        raise FunctionError("the store's answer holds something that is no match") from reason
    if isinstance(found.get("text"), str):
        match["text"] = found["text"]
    return match
