"""How well a text is written, as far as its surface shows: never a judgement of what it says."""

from __future__ import annotations

import math

from dtl.ai.local.sentences import content_words, ranked, sentences, words

METHOD = "surface measures (readability, density, wording); no language model"


def clarity(text: str) -> float:
    """Return 0 to 1: Flesch's reading ease, from 0 at 0 to 1 at 70 and above."""
    found = words(text)
    pieces = sentences(text)
    if not found or not pieces:
        return 0.0
    syllables = sum(_syllables(word) for word in found)
    ease = 206.835 - 1.015 * len(found) / len(pieces) - 84.6 * syllables / len(found)
    return min(max(ease / 70, 0.0), 1.0)


def relevance(text: str) -> float:
    """Return 0 to 1: how much the sentences share words with the text's main sentence, and how dense they are."""
    pieces = sentences(text)
    if not pieces:
        return 0.0
    main = set(content_words(pieces[ranked(pieces)[0]]))
    shares = [len(main & set(content_words(piece))) / max(1, min(len(main), 4)) for piece in pieces]
    density = len(content_words(text)) / max(1, len(words(text)))
    return min(1.0, 0.5 * min(1.0, sum(shares) / len(shares)) + min(0.5, density))


def accuracy(text: str) -> float:
    """Return 0 to 1: signs of care (names, numbers, sources) against signs of haste (shouting, hedging)."""
    found = text.split()
    if not found:
        return 0.0
    firm = sum(any(map(str.isdigit, word)) or word[0].isupper() for word in found) / len(found)
    loud = text.count("!") + text.count("??") + sum(len(word) > 3 and word.isupper() for word in found)
    hedges = sum(word.lower() in {"maybe", "perhaps", "allegedly", "rumor", "rumour", "somehow"} for word in found)
    return min(1.0, max(0.0, 0.55 + firm - 0.1 * loud - 0.1 * hedges))


def length(text: str) -> float:
    """Return 0 to 1: whether there is enough text to say something; 1 from 60 words on."""
    return min(1.0, math.log1p(len(words(text))) / math.log1p(60))


_MEASURES = {
    "clarity": (clarity,), "readability": (clarity,), "fluency": (clarity,), "grammar": (clarity,),
    "relevance": (relevance,), "coherence": (relevance,), "focus": (relevance,), "conciseness": (relevance,),
    "accuracy": (accuracy,), "credibility": (accuracy,), "factuality": (accuracy,), "tone": (accuracy,),
    "completeness": (length,), "detail": (length,), "depth": (length, relevance),
}  # fmt: skip


def evaluate(text: str, criteria: list[str]) -> dict[str, float]:
    """Return a measure from 0 to 1 for each criterion; an unknown one gets the mean of all measures."""
    result = {}
    for name in criteria:
        measures = _MEASURES.get(name.lower(), (clarity, relevance, accuracy, length))
        result[name] = sum(measure(text) for measure in measures) / len(measures)
    return result


def _syllables(word: str) -> int:
    vowels = "aeiouyäöüéèàáíóúâêîôûå"
    groups = sum(a in vowels and b not in vowels for a, b in zip(word, word[1:] + " ", strict=True))
    return max(1, groups - (word.endswith("e") and groups > 1 and not word.endswith("le")))
