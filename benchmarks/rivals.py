"""What `dtl run` is measured against: each reads a file of JSON lines and writes another.

Usage: rivals.py orjson INPUT OUTPUT | rivals.py vector INPUT OUTPUT PROGRAM
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson


def bare_loop(source: str, target: str) -> None:
    """Read every record and write it with sorted keys, by orjson alone."""
    loads, dumps, sort = orjson.loads, orjson.dumps, orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    with open(source, "rb") as lines, open(target, "wb") as out:
        for line in lines:
            out.write(dumps(loads(line), option=sort))


def vector(source: str, target: str, program: str) -> None:
    """Run the reference engine over batches of lines; its program ends by writing the event as JSON text."""
    from vector_vrl import execute_vrl  # an optional rival

    text = Path(program).read_text(encoding="utf-8") + '\n. = {"text": encode_json(.)}\n'
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        while batch := lines.readlines(1 << 20):
            for event in execute_vrl(text, batch):
                if "text" in event:
                    out.write(event["text"] + "\n")


if __name__ == "__main__":
    rival, *paths = sys.argv[1:]
    if rival == "orjson":
        bare_loop(*paths)
    else:
        vector(*paths)
