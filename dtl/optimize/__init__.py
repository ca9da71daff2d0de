"""The optimizer: passes over the HIR, in the order of one tuple."""

from __future__ import annotations

from collections.abc import Callable

from dtl.hir.nodes import Unit

Pass = Callable[[Unit], Unit]

#: The order is the meaning: each pass leaves work for those after it.
PASSES: tuple[Pass, ...] = ()


def optimize(unit: Unit) -> Unit:
    """Return a unit that means the same and does less."""
    for improve in PASSES:
        unit = improve(unit)
    return unit
