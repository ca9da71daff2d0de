"""Records to measure with: the same ones each time, of about 400 bytes and thirteen fields."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import orjson

_NAMES = ("ada", "Grace Hopper", "zoë", "Edsger", "barbara l.", "Niklaus W.", "tony", "Frances")
_LEVELS = ("debug", "info", "info", "info", "warn", "error", "fatal")
_PATHS = ("/api/orders", "/api/orders/17", "/api/users/search", "/health", "/api/carts/9/items")


def records(count: int) -> Iterator[dict[str, object]]:
    """Yield records, all different."""
    chance = random.Random(1)
    for number in range(count):
        name = chance.choice(_NAMES)
        milliseconds = chance.randrange(5000)
        yield {
            "id": number,
            "internal_id": f"{chance.getrandbits(64):016x}",
            "name": name,
            "email": f"{name.split()[0].capitalize()}.{number}@Example.com",
            "age": str(chance.randrange(8, 90)),
            "level": chance.choice(_LEVELS),
            "time": f"2024-03-{chance.randrange(1, 29):02}T08:15:{chance.randrange(60):02}.{milliseconds % 1000:03}Z",
            "message": f"request {number} done: user={name.split()[0]} took {milliseconds}ms in zone eu-{number % 7}",
            "request": {"method": "GET", "path": chance.choice(_PATHS), "bytes": chance.randrange(100_000)},
            "tags": ["web", f"shard-{number % 16}"],
            "ratio": chance.randrange(1000) / 1000,
            "ok": milliseconds < 4000,
            "parent": None,
        }


def write(path: Path, megabytes: int) -> int:
    """Write records to a file until it has the size, and return how many there are."""
    count = size = 0
    with path.open("wb") as file:
        for record in records(10**9):
            line = orjson.dumps(record) + b"\n"
            size += file.write(line)
            count += 1
            if size >= megabytes * 1_000_000:
                return count
    raise AssertionError("there are always more records")
