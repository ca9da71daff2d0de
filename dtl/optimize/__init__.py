"""The optimizer: passes over the HIR, in the order of one tuple."""

from __future__ import annotations

from collections.abc import Callable

from dtl.hir.nodes import Unit
from dtl.optimize.ask_once import ask_once
from dtl.optimize.ask_together import ask_together
from dtl.optimize.decide_cheaply import decide_cheaply
from dtl.optimize.drop_unreachable import drop_unreachable
from dtl.optimize.fold_calls import fold_calls
from dtl.optimize.fold_constants import fold_constants
from dtl.optimize.merge_paths import merge_paths
from dtl.optimize.skip_unused_answers import skip_unused_answers

Pass = Callable[[Unit], Unit]

#: The order is the meaning: each pass leaves work for those after it.
PASSES: tuple[Pass, ...] = (
    fold_constants,
    fold_calls,
    drop_unreachable,
    fold_constants,
    drop_unreachable,
    skip_unused_answers,
    decide_cheaply,
    ask_once,
    ask_together,
    merge_paths,
)


def optimize(unit: Unit) -> Unit:
    """Return a unit that means the same and does less; itself where it is nested too deep to be changed."""
    try:
        for improve in PASSES:
            unit = improve(unit)
    except RecursionError:
        pass
    return unit
