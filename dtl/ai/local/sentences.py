"""Sentences and words of a text, and which sentences say most of it (TextRank)."""

from __future__ import annotations

import math
import re
from collections import Counter

#: Sentences of a long text beyond this many are not ranked: the comparison is of all with all.
MOST_SENTENCES = 200
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_])|(?<=[。！？])|\n\s*\n")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|etc|e\.g|i\.e|inc|ltd|co|corp|no|fig|al|gen|sen|rep|gov|jan|feb|mar|apr|jun|"
    r"jul|aug|sep|sept|oct|nov|dec)|\b[a-z])\.$",
    re.IGNORECASE,
)
_STOP_WORDS = """
    a about above after again against all also am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each few for from further had has have
    having he her here hers herself him himself his how i if in into is it its itself just may me might more
    most must my myself no nor not now of off on once only or other our ours ourselves out over own said same
    say says she should so some such than that the their theirs them themselves then there these they this those
    through to too under until up upon us very was we were what when where which while who whom why will with
    would yet you your yours yourself yourselves one two new mr mrs ms dr s t d ll re ve m like get got make
    made many much even well still back however including according since
"""
_STOP = frozenset(_STOP_WORDS.split())


def words(text: str) -> list[str]:
    """Return a text's words in lower case."""
    return [word.lower().strip("'’-.,") for word in _WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning: no stop words, no numbers, at least three letters."""
    return [word for word in words(text) if is_content(word)]


def is_content(word: str) -> bool:
    """Tell whether a word (in lower case) carries meaning by itself."""
    return len(word) > 2 and word not in _STOP and not word[0].isdigit()


def sentences(text: str) -> list[str]:
    """Return a text's sentences, in order, trimmed."""
    found: list[str] = []
    for piece in _END.split(text):
        piece = " ".join(piece.split())
        if not piece:
            continue
        if found and _SHORT.search(found[-1]):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return found


def ranked(pieces: list[str]) -> list[int]:
    """Return the indexes of sentences, those that share most with the others first."""
    pieces = pieces[:MOST_SENTENCES]
    bags = [Counter(content_words(piece)) for piece in pieces]
    count = len(pieces)
    if count < 3:
        return list(range(count))
    spread = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(1 + count / number) for word, number in spread.items()}
    norms = [math.sqrt(sum((number * weight[word]) ** 2 for word, number in bag.items())) or 1.0 for bag in bags]
    links = [[0.0] * count for _ in range(count)]
    for i in range(count):
        for j in range(i):
            shared = bags[i].keys() & bags[j].keys()
            if shared:
                likeness = sum(bags[i][word] * bags[j][word] * weight[word] ** 2 for word in sorted(shared))
                links[i][j] = links[j][i] = likeness / (norms[i] * norms[j])
    totals = [sum(row) or 1.0 for row in links]
    scores = [1.0 / count] * count
    for _ in range(30):
        scores = [
            0.15 / count + 0.85 * sum(links[j][i] / totals[j] * scores[j] for j in range(count) if links[j][i])
            for i in range(count)
        ]
    # The first sentence of a report usually carries its news: it counts a little more.
    scores[0] *= 1.25
    return sorted(range(count), key=lambda index: (-scores[index], index))


def summary(text: str, max_words: int) -> str:
    """Return the sentences that say most of a text, in its order, as many as fit; at least (the start of) one."""
    pieces = sentences(text)
    chosen: list[int] = []
    used = 0
    for index in ranked(pieces):
        size = len(pieces[index].split())
        if used + size <= max_words:
            chosen.append(index)
            used += size
    if chosen:
        return " ".join(pieces[index] for index in sorted(chosen))
    best = pieces[ranked(pieces)[0]] if pieces else ""
    return " ".join(best.split()[:max_words]) + " …" if best else ""
