"""Named entities: by spaCy's small English model where installed, else by rules of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dtl.ai.local.packages import MissingPackage, load

_MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
_KINDS = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "PRODUCT": "MISC",
    "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC", "DATE": "DATE", "TIME": "DATE",
    "MONEY": "MONEY", "PERCENT": "PERCENT", "PER": "PERSON", "MISC": "MISC",
}  # fmt: skip
_MOST_LETTERS = 100_000

_FIXED = (
    ("EMAIL", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("URL", re.compile(r"\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)]|\bwww\.[^\s<>\"']+[^\s<>\"'.,;:!?)]")),
    ("MONEY", re.compile(r"(?:US)?[$€£¥]\s?\d[\d,.]*\d?(?:\s?(?:million|billion|trillion|[mbk]n?)\b)?|\b\d[\d,.]*\s?"
                         r"(?:million |billion |trillion )?(?:dollars|euros|pounds|yen|USD|EUR|GBP)\b")),
    ("PERCENT", re.compile(r"\b\d[\d,.]*\s?(?:%|percent\b|per cent\b)")),
    ("DATE", re.compile(
        r"\b\d{4}-\d{2}-\d{2}\b|\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow)\b"
        r"|\b(?:January|February|March|April|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|"
        r"Jul|Aug|Sept?|Oct|Nov|Dec)\.?|May(?=\s\d))(?:\s\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s\d{4})?\b")),
)  # fmt: skip
_NAME_WORD = r"[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,}|[A-Z]\.(?:[A-Z]\.)*"
_NAME = re.compile(rf"(?:{_NAME_WORD})(?:\s+(?:of\s+|the\s+|de\s+|van\s+|&\s+|and\s+(?=Co\b))*(?:{_NAME_WORD}))*")
_OPENERS_WORDS = """
    The A An In On At It He She They We I You This That These Those But And Or If When While After Before As For
    From With By To Of His Her Its Their Our My Your There Here What Who How Why Where Not No New All Some One
    Two Three Unions Shares Stocks Oil Officials Police Researchers Scientists
"""
_OPENERS = frozenset(_OPENERS_WORDS.split())
_TITLES_WORDS = """
    Mr Mrs Ms Dr Prof Sir President Prime Minister Senator Judge Coach Chancellor King Queen Pope
"""
_TITLES = frozenset(_TITLES_WORDS.split())
_ORGS = re.compile(
    r"\b(?:Inc|Corp|Corporation|Co|Ltd|LLC|PLC|Plc|Group|Holdings?|Bank|University|Institute|College|Company|Association|"
    r"Agency|Committee|Council|Commission|Ministry|Department|Union|Party|Court|Senate|Congress|Parliament|Airlines?|"
    r"Motors?|Systems|Technologies|Software|Labs?|Foundation|League|Team|Club|FC|Times|Post|News|Press|Federation)\b\.?$"
)
_PLACES_WORDS = """
    Africa Asia Europe America Australia China Japan India Russia Germany France Italy Spain Britain England
    Scotland Ireland Wales Canada Mexico Brazil Argentina Chile Iraq Iran Israel Palestine Egypt Sudan Nigeria
    Kenya Turkey Greece Poland Ukraine Sweden Norway Denmark Finland Netherlands Belgium Austria Switzerland
    Portugal Pakistan Afghanistan Indonesia Thailand Vietnam Philippines Malaysia Singapore Taiwan Korea London
    Paris Berlin Madrid Rome Moscow Beijing Tokyo Delhi Mumbai Baghdad Jerusalem Gaza Cairo Athens Dublin
    Toronto Ottawa Sydney Melbourne Washington Chicago Boston Texas California Florida Ohio Georgia Michigan
    Virginia Colorado Oregon Houston Dallas Seattle Denver Atlanta Detroit Philadelphia Phoenix Miami Hollywood
    Brussels Geneva Vienna Prague Warsaw Budapest Stockholm Oslo Copenhagen Lisbon Amsterdam Zurich Shanghai
    Seoul Bangkok Jakarta Manila Kabul Tehran Najaf Fallujah Darfur Chechnya Kashmir Haiti Cuba Venezuela
    Colombia Peru Zimbabwe Uganda Rwanda Congo Somalia Ethiopia Libya Algeria Morocco Tunisia Syria Lebanon
    Jordan Kuwait Qatar Dubai Yemen Nepal Bangladesh
"""
_PLACES = frozenset(
    _PLACES_WORDS.split()
) | {"United States", "United Kingdom", "New York", "Los Angeles", "San Francisco", "Hong Kong", "South Africa",
     "North Korea", "South Korea", "Saudi Arabia", "Sri Lanka", "New Zealand", "Middle East", "New Delhi", "U.S.", "US",
     "U.K.", "UK", "Wall Street", "Silicon Valley"}  # fmt: skip


@cache
def _model() -> Any | None:
    """Return spaCy's model, without the parts that entities do not need; None when it is not installed."""
    try:
        spacy = load("spacy", "spacy", "entities")
    except MissingPackage:
        return None
    for name in _MODELS:
        try:
            return spacy.load(name, disable=["parser", "lemmatizer", "attribute_ruler", "tagger"])
        except OSError:
            continue
    return None


def method() -> str:
    """Return the name of the method in use."""
    model = _model()
    return f"spaCy {model.meta['name']}" if model is not None else "rules on capitals, numbers and places"


def find(text: str) -> list[dict[str, str]]:
    """Return a text's entities in order: `text` and `type`. The first 100,000 characters are read."""
    text = text[:_MOST_LETTERS]
    model = _model()
    found = [(kind, start, end) for kind, pattern in _FIXED for start, end in _spans(pattern, text)]
    if model is not None:
        found = [each for each in found if each[0] in ("EMAIL", "URL")]
        found += [(_KINDS.get(each.label_, ""), each.start_char, each.end_char) for each in model(text).ents]
    else:
        found += list(_names(text))
    taken: list[tuple[str, int, int]] = []
    for kind, start, end in found:
        if kind and all(end <= other[1] or start >= other[2] for other in taken):
            taken.append((kind, start, end))
    return [{"text": text[start:end], "type": kind} for kind, start, end in sorted(taken, key=lambda each: each[1])]


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _names(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _NAME.finditer(text):
        start, end = match.span()
        parts = match.group().split()
        opens = _opens_sentence(text, start)
        while parts and parts[0] in _OPENERS and " ".join(parts[:2]) not in _PLACES:
            cut = len(parts[0])
            start += cut + len(text[start + cut : end]) - len(text[start + cut : end].lstrip())
            parts = parts[1:]
            opens = False
        titled = bool(parts) and parts[0].rstrip(".") in _TITLES
        if not parts or (opens and len(parts) == 1 and parts[0] not in _PLACES and not parts[0].isupper()):
            continue
        name = text[start:end].removesuffix("'s").removesuffix("’s")
        yield _kind(" ".join(name.split()), len(parts), titled), start, start + len(name)


def _kind(name: str, words: int, titled: bool) -> str:
    if name in _PLACES:
        return "LOC"
    if _ORGS.search(name) or " of " in name or "&" in name:
        return "ORG"
    if titled:
        return "PERSON"
    if name.isupper() and words == 1:
        return "ORG"
    return "PERSON" if words in (2, 3) and not any(part.isupper() for part in name.split()) else "MISC"


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?\n-:"
