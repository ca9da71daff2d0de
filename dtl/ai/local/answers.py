"""The answer to one request by a local method, in the form that a language model's answer has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.local import entities, evaluate, extract, keywords, language, ocr, sentiment
from dtl.ai.local.sentences import sentences, summary, words
from dtl.ai.request import Request
from dtl.values.errors import FunctionError

Encode = Callable[[Sequence[str]], list[list[float]]]

#: Letters that a rule reads: more would take seconds.
_MOST_LETTERS = 200_000
_CODES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl",
    "chinese": "zh", "japanese": "ja", "korean": "ko", "russian": "ru", "arabic": "ar", "polish": "pl", "turkish": "tr",
    "swedish": "sv", "ukrainian": "uk", "greek": "el", "hindi": "hi",
}  # fmt: skip


def answer(request: Request, encode: Encode) -> Any:
    """Return an answer.

    Raises:
        FunctionError: There is no local method for the task, or it cannot do this one.
    """
    method = _METHODS.get(request.task)
    if method is None:
        raise FunctionError(f"there is no local method for {request.task}: name a model of ai_models")
    if request.kind != "image" and len(request.input) > _MOST_LETTERS:
        raise FunctionError(
            f"a text of {len(request.input)} characters is too long for local methods: at most {_MOST_LETTERS}"
        )
    return method(request.input, request.arguments, encode)


def _sentiment(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return {"sentiment": sentiment.label(text)}


def _language(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return {"language": language.detect(text)}


def _entities(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    wanted = set(arguments["types"])
    return {"entities": [each for each in entities.find(text) if each["type"] in wanted]}


def _topics(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return {"topics": keywords.phrases(text, arguments["num_topics"])}


def _tags(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return {"tags": [tag.lower() for tag in keywords.phrases(text, arguments["max_tags"])]}


def _summary(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return summary(text, max(5, arguments["max_tokens"] * 3 // 4))


def _translation(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    wanted = arguments["to"].lower().split("-")[0]
    wanted = _CODES.get(wanted, wanted)
    found = language.detect(text)
    if found != wanted:
        raise FunctionError(f"local methods cannot translate ({found} to {wanted}): name a language model of ai_models")
    return text


def _chat(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    pieces = sentences(text)
    questions = [piece for piece in pieces if piece.endswith(("?", "？"))] or pieces[-1:]
    others = [piece for piece in pieces if piece not in questions]
    if not others:
        raise FunctionError(
            "local methods only find the sentence of a message that answers its question; "
            "name a language model of ai_models"
        )
    question, *vectors = encode([questions[-1], *others])
    asked = set(words(questions[-1]))
    scores = [
        sum(a * b for a, b in zip(question, vector, strict=True)) + 0.02 * len(asked & set(words(piece)))
        for vector, piece in zip(vectors, others, strict=True)
    ]
    return others[scores.index(max(scores))]


def _extract(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return extract.extract(text, arguments["schema"], arguments["instruction"])


def _evaluate(text: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    low, high = arguments["low"], arguments["high"]
    found = evaluate.evaluate(text, arguments["criteria"])
    return {"ratings": {name: round(low + share * (high - low), 6) for name, share in found.items()}}


def _ocr(image: str, arguments: Mapping[str, Any], encode: Encode) -> Any:
    return {"text": ocr.read(image)}


_METHODS: dict[str, Callable[[Any, Mapping[str, Any], Encode], Any]] = {
    "sentiment_analysis": _sentiment,
    "detect_language": _language,
    "extract_entities": _entities,
    "extract_topics": _topics,
    "llm_extract_tags": _tags,
    "llm_summarize": _summary,
    "llm_translate": _translation,
    "llm_chat": _chat,
    "llm_extract": _extract,
    "llm_evaluate": _evaluate,
    "image_ocr": _ocr,
}
