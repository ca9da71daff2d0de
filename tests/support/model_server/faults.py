"""Which faults a request meets: chosen by the plan's seed and the request's body, not by its place in time."""

from __future__ import annotations

from hashlib import blake2b
from random import Random

from tests.support.model_server.plan import Plan

#: Faults that leave an embedding's answer readable, and those of a chat's.
OF_ITEMS = ("shuffled", "missing", "foreign", "extra", "doubled")
OF_TEXTS = ("wrong_schema", "prose", "refused", "too_long")


class Faults:
    """The faults of a run of the server.

    Args:
        plan: How probable each is.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._seen: dict[bytes, int] = {}
        self._count = 0

    def of(self, body: bytes, kind: str) -> tuple[str | None, Random]:
        """Return the fault that a request meets, if any, and what chance decides further about it.

        Args:
            body: What was sent; when it is sent again, its faults are drawn anew.
            kind: "embed" or "chat": faults of the other are left out.
        """
        self._count += 1
        name = blake2b(body, digest_size=16).digest()
        times = self._seen[name] = self._seen.get(name, 0) + 1
        random = Random(f"{self._plan.seed} {name.hex()} {times}")
        if self._count <= len(self._plan.first):
            fault = self._plan.first[self._count - 1]
            return (None if fault == "none" else fault), random
        draw = random.random()
        foreign = OF_TEXTS if kind == "embed" else OF_ITEMS
        for fault, chance in self._plan.faults.items():
            if fault in foreign:
                continue
            if draw < chance:
                return fault, random
            draw -= chance
        return None, random
