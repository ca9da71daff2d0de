"""Embeddings without a model: hashed words and letter groups. Alike in spelling, not in meaning."""

from __future__ import annotations

import math
import re
from collections import Counter
from zlib import crc32

NAME = "hashed-ngrams"
DIMENSIONS = 384
_WORD = re.compile(r"\w+")


def encode(text: str) -> list[float]:
    """Return a unit vector of a text's words and the groups of three and four letters in them."""
    counts: Counter[str] = Counter()
    for word in _WORD.findall(text.lower()):
        counts[word] += 3
        marked = f"<{word}>"
        for size in (3, 4):
            counts.update(marked[at : at + size] for at in range(len(marked) - size + 1))
    vector = [0.0] * DIMENSIONS
    for gram, count in counts.items():
        code = crc32(gram.encode("utf-8", "surrogateescape"))
        # One bit of the hash gives the sign, so that chance meetings cancel out on average.
        vector[(code >> 1) % DIMENSIONS] += (1 if code & 1 else -1) * (1 + math.log(count))
    length = math.sqrt(sum(each * each for each in vector))
    if not length:
        vector[0] = 1.0
        return vector
    return [each / length for each in vector]
