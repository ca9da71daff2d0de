"""Fields of a schema filled from a text by rules: what a field's name promises, found by patterns and TextRank."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from dtl.ai.local import entities, keywords, language, sentiment
from dtl.ai.local.sentences import ranked, sentences, summary, words
from dtl.values.errors import FunctionError

METHOD = "rules by field name (patterns, RAKE, TextRank); no language model"
_NUMBER = re.compile(r"-?\d[\d,]*\.?\d*")
_PHONE = re.compile(r"\+?\d[\d\s().-]{6,}\d")


def extract(text: str, schema: Mapping[str, Any], instruction: str) -> dict[str, Any]:
    """Return an object of the schema.

    Raises:
        FunctionError: There is no rule for a field that the schema requires.
    """
    found = {}
    for name, wanted in schema.get("properties", {}).items():
        found[name] = _field(name, wanted, text, instruction)
    return found


def _field(name: str, wanted: Mapping[str, Any], text: str, instruction: str) -> Any:
    kinds = wanted.get("type", "string")
    optional = isinstance(kinds, list) and "null" in kinds
    kind = next((each for each in kinds if each != "null"), "string") if isinstance(kinds, list) else kinds
    if "enum" in wanted:
        chosen = next((each for each in wanted["enum"] if str(each).lower() in text.lower()), None)
        values = [] if chosen is None else [chosen]
    elif kind in ("integer", "number"):
        values = [_number(each, kind) for each in _NUMBER.findall(text) if each.strip(",.-")]
    elif kind == "boolean":
        values = [any(part in words(text) for part in name.lower().split("_"))]
    elif kind == "object":
        return extract(text, wanted, instruction)
    else:
        values = _texts(name, text, instruction, kind == "array")
    if kind == "array":
        item = wanted.get("items", {}).get("type", "string")
        if item in ("integer", "number"):
            values = [_number(each, item) for each in _NUMBER.findall(text) if each.strip(",.-")]
        return values
    if values:
        return values[0]
    if optional:
        return None
    raise FunctionError(f'the local rules find nothing for the field "{name}" ({kind}); a language model is needed')


def _texts(name: str, text: str, instruction: str, many: bool) -> list[str]:
    low = name.lower()
    for pattern, rule in _RULES:
        if re.search(pattern, low):
            return rule(text)
    if many:
        pieces = sentences(text)
        chosen = sorted(ranked(pieces)[: _count(instruction)])
        return [pieces[index] for index in chosen]
    labelled = re.search(rf"\b{re.escape(low.replace('_', ' '))}\s*[:=]\s*([^\n.;,]+)", text, re.IGNORECASE)
    return [labelled.group(1).strip()] if labelled else []


def _of_kind(*kinds: str) -> Callable[[str], list[str]]:
    return lambda text: list(dict.fromkeys(each["text"] for each in entities.find(text) if each["type"] in kinds))


_RULES: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
    (r"e-?mail", _of_kind("EMAIL")),
    (r"url|link|website", _of_kind("URL")),
    (r"phone|telephone", lambda text: [each.strip() for each in _PHONE.findall(text)]),
    (r"date|when|day", _of_kind("DATE")),
    (r"amount|price|cost|money|budget", _of_kind("MONEY")),
    (r"percent", _of_kind("PERCENT")),
    (r"compan|organi[sz]ation|org\b", _of_kind("ORG")),
    (r"person|people|author|who|speaker", _of_kind("PERSON")),
    (r"place|location|city|countr|where", _of_kind("LOC")),
    (r"entit|name", _of_kind("PERSON", "ORG", "LOC", "MISC")),
    (r"keyword|tag|topic|theme", lambda text: keywords.phrases(text, 5)),
    (r"language", lambda text: [language.detect(text)]),
    (r"sentiment|mood", lambda text: [sentiment.label(text)]),
    (r"title|headline", lambda text: sentences(text)[:1]),
    (r"summar|abstract|gist", lambda text: [summary(text, 50)]),
)


def _count(instruction: str) -> int:
    """Return how many items an instruction wants: "3-5" gives 5; three when it does not say."""
    found = re.search(r"(\d+)(?:\s*(?:-|–|to)\s*(\d+))?", instruction)
    return min(50, int(found.group(2) or found.group(1))) if found else 3


def _number(text: str, kind: str) -> int | float:
    value = float(text.replace(",", ""))
    return int(value) if kind == "integer" else value
