"""Key phrases of a text by RAKE: runs of meaningful words, scored by how much company their words keep."""

from __future__ import annotations

import re
from collections import Counter

from dtl.ai.local.sentences import is_content

_TOKEN = re.compile(r"[^\W_][\w'’-]*|[^\w\s]+|\n")
_LONGEST = 3


def phrases(text: str, count: int) -> list[str]:
    """Return at most `count` phrases, the weightiest first, in lower case unless they are names."""
    candidates = _candidates(text)
    if not candidates:
        return []
    frequency: Counter[str] = Counter()
    degree: Counter[str] = Counter()
    shown: dict[tuple[str, ...], Counter[str]] = {}
    for phrase in candidates:
        key = tuple(word.lower() for word in phrase)
        shown.setdefault(key, Counter())[" ".join(phrase)] += 1
        for word in key:
            frequency[word] += 1
            degree[word] += len(key)
    times = {key: sum(forms.values()) for key, forms in shown.items()}
    score = {key: sum(degree[word] / frequency[word] for word in key) * times[key] for key in times}
    # A word that comes again and again matters even when it stands alone.
    for key in score:
        score[key] += sum(frequency[word] - 1 for word in key)
    order = {key: position for position, key in enumerate(times)}
    chosen: list[tuple[str, ...]] = []
    for key in sorted(score, key=lambda each: (-score[each], order[each])):
        if not any(_overlap(key, other) for other in chosen):
            chosen.append(key)
        if len(chosen) == count:
            break
    return [_form(shown[key]) for key in chosen]


def _candidates(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    run: list[str] = []
    for token in _TOKEN.findall(text):
        word = token.removesuffix("'s").removesuffix("’s")
        if is_content(word.lower()):
            run.append(word)
            continue
        if run:
            found.append(run)
            run = []
    if run:
        found.append(run)
    return [piece for run in found for piece in _split(run)]


def _split(run: list[str]) -> list[list[str]]:
    """Cut a long run into pieces of at most three words, from its end: the noun stands last."""
    pieces = []
    while run:
        pieces.append(run[-_LONGEST:])
        run = run[:-_LONGEST]
    return pieces[::-1]


def _overlap(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return set(key) <= set(other) or set(other) <= set(key)


def _form(forms: Counter[str]) -> str:
    best = forms.most_common(1)[0][0]
    first, *rest = best.split()
    is_name = any(word[0].isupper() for word in rest) or first.isupper() or (not rest and first[0].isupper())
    return best if is_name else best.lower()
