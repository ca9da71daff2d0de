"""The `extract_entities` function."""

from functools import lru_cache, partial
from typing import Any, TypedDict

from dtl.ai.request import Prompt
from dtl.functions import Effect, FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Fallible, Integer, Maybe, String
from dtl.values.value import describe

from ._ask import ask, field, object_schema, structured

_TYPES = ("PERSON", "ORG", "LOC", "MISC", "DATE", "MONEY", "PERCENT", "EMAIL", "URL")


class Entity(TypedDict):
    """What a text names, of which type, and where: `start` and `end` count characters from 0."""

    text: String
    type: String
    start: Integer
    end: Integer


@function(effect=Effect.AI, dialect="dtl")
def extract_entities(
    value: String,
    types: Maybe[Array] = None,
    model: Maybe[String] = None,
) -> Fallible[list[Entity]]:
    """Find what a text names: people, organisations, places and more, in the order of the text.

    An entity that does not stand in the text word for word is left out, so a model cannot invent one.

    Args:
        value: The text.
        types: The types wanted; all of PERSON, ORG, LOC, MISC, DATE, MONEY, PERCENT, EMAIL, URL when left out.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        `types` holds something else than texts.

    Examples:
        An address:
            >>> extract_entities("Write to ann@example.org today", types: ["EMAIL"])
            [{ "end": 24, "start": 9, "text": "ann@example.org", "type": "EMAIL" }]

        No text:
            >>> extract_entities("")
            error: the text is empty

        Not types:
            >>> extract_entities("A text", types: push([], 1))
            error: "types" must hold texts, got integer
    """
    names = _TYPES if types is None else _types(types)
    options = {"types": list(names)}
    return ask(  # type: ignore[return-value]
        "extract_entities", value, model, _prompt(names), partial(_read, value, frozenset(names)), options
    )


@extract_entities.prepare("types")
def _types(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):  # it was constant, and is ready
        return value
    for each in value:
        if not isinstance(each, str) or not each:
            raise InvalidArgument(f'"types" must hold texts, got {describe(each) if each != "" else "an empty one"}')
    if not value:
        raise InvalidArgument('"types" must not be empty')
    return tuple(dict.fromkeys(value))


@lru_cache(256)
def _prompt(types: tuple[str, ...]) -> Prompt:
    entity = object_schema({"text": {"type": "string"}, "type": {"type": "string", "enum": list(types)}})
    return structured(
        "List the named entities of the text in the order in which they stand there, each exactly as it is written, "
        f"with its type: {', '.join(types)}. List an entity each time it is named.",
        object_schema({"entities": {"type": "array", "items": entity}}),
    )


def _read(source: str, wanted: frozenset[str], answer: Any) -> list[dict[str, Any]]:
    found = field(answer, "entities")
    if not isinstance(found, list):
        raise FunctionError("the model's answer holds no array of entities")
    result = []
    after: dict[str, int] = {}
    for each in found:
        name, type_ = field(each, "text"), field(each, "type")
        if not isinstance(name, str) or type_ not in wanted or not name:
            continue
        start = source.find(name, after.get(name, 0))
        if start >= 0:
            after[name] = end = start + len(name)
            result.append({"text": name, "type": type_, "start": start, "end": end})
    return sorted(result, key=lambda entity: entity["start"])
