"""The categories of `classify_text`: checked once, with the prompt that asks for one of them."""

from dataclasses import dataclass, field
from typing import Any

from dtl.ai.request import Prompt
from dtl.functions import InvalidArgument
from dtl.values.value import describe

from ._ask import object_schema, one_of, structured

_MOST = 1000


@dataclass(frozen=True)
class Categories:
    """Names to choose from, and what they mean where that is said."""

    names: tuple[str, ...]
    options: dict[str, Any]
    prompt: Prompt
    allowed: dict[str, str] = field(compare=False)

    def read(self, answer: Any) -> str:
        """Return the category that an answer names."""
        return one_of(answer, "category", self.allowed)


def categories_of(value: Any) -> Categories:
    """Return the categories that an array of names, or an object of names and descriptions, gives.

    Raises:
        InvalidArgument: There are none or too many, or one is no text, empty, or there twice.
    """
    described = isinstance(value, dict)
    names = sorted(value) if described else value
    if not names:
        raise InvalidArgument('"categories" must not be empty')
    if len(names) > _MOST:
        raise InvalidArgument(f'"categories" must be at most {_MOST}, got {len(names)}')
    for each in [*names, *(value.values() if described else ())]:
        if not isinstance(each, str):
            raise InvalidArgument(f'"categories" must be texts, got {describe(each)}')
        if not each.strip():
            raise InvalidArgument('a category of "categories" is empty')
    return _of(tuple(names), tuple(value[name] for name in names) if described else ())


def _of(names: tuple[str, ...], descriptions: tuple[str, ...]) -> Categories:
    allowed = {name.strip().lower(): name for name in names}
    if len(allowed) < len(names):
        raise InvalidArgument('"categories" holds a name twice')
    told = "".join(f"\n- {name}: {text}" for name, text in zip(names, descriptions, strict=False))
    words = "Choose the one category that fits the text best." + (f" What they mean:{told}\n" if told else "")
    options: dict[str, Any] = {"categories": list(names)}
    if descriptions:
        options["descriptions"] = list(descriptions)
    schema = object_schema({"category": {"type": "string", "enum": list(names)}})
    return Categories(names, options, structured(words, schema), allowed)


DEFAULT = _of(("technology", "business", "science", "entertainment", "sports", "health", "politics", "world"), ())
