"""The mood of a text by the VADER lexicon, or by a short list of words where it is not installed."""

from __future__ import annotations

from functools import cache
from typing import Any

from dtl.ai.local.packages import MissingPackage, load
from dtl.ai.local.sentences import words

#: What VADER's authors propose: a compound score within 0.05 of zero is neutral.
_NEUTRAL = 0.05
_MOST_LETTERS = 20_000
_GOOD_WORDS = """
    good great excellent amazing wonderful best love loved happy win wins won success gain gains growth profit
    praise improve improved perfect nice strong delight delighted fantastic superb enjoy enjoyed hope safe award
    thanks
"""
_GOOD = frozenset(_GOOD_WORDS.split())
_BAD_WORDS = """
    bad terrible awful worst hate hated sad lose loses lost fail fails failed failure crisis war attack attacks
    killed dead death fear fears crash poor weak angry broken damage fraud scandal disappointed disappointing
    horrible injured threat ill cut cuts fall falls drop drops problem problems wrong never refuse refuses
"""
_BAD = frozenset(_BAD_WORDS.split())


@cache
def _analyzer() -> Any:
    return load("vaderSentiment.vaderSentiment", "vaderSentiment", "ai").SentimentIntensityAnalyzer()


@cache
def method() -> str:
    """Return the name of the method in use."""
    try:
        _analyzer()
    except MissingPackage:
        return "list of 80 words (no sentiment package installed)"
    return "VADER lexicon"


def score(text: str) -> float:
    """Return how positive (up to 1) or negative (down to -1) a text is; the first 20,000 characters decide."""
    text = text[:_MOST_LETTERS]
    try:
        return float(_analyzer().polarity_scores(text)["compound"])
    except MissingPackage:
        found = words(text)
        good, bad = sum(word in _GOOD for word in found), sum(word in _BAD for word in found)
        return (good - bad) / (good + bad) if good + bad else 0.0


def label(text: str) -> str:
    """Return "positive", "negative" or "neutral"."""
    found = score(text)
    return "neutral" if abs(found) < _NEUTRAL else "positive" if found > 0 else "negative"
