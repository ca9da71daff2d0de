"""Stores that put another object in the stead of the event (or the metadata), without a copy nobody would miss.

The run owns that object, and whoever reads it whole gets a copy. But `. = f(.)` and `. |= x` replace what they read:
the one may lend the object itself to the function, which changes nothing; the other may change it in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Hir, Place
from dtl.hir.visit import walk
from dtl.types.type import OBJECT

if TYPE_CHECKING:
    from dtl.backends.bytecode.emit import Emitter

# What may write into the event itself, or runs what may.
_WRITERS = (nodes.Store, nodes.StoreResult, nodes.Delete, nodes.Invoke, nodes.Closure)


def lend(emitter: Emitter, node: nodes.Store) -> None:
    """Note which reads of the whole object need no copy, as the result of the call that has them takes its stead."""
    call = node.value
    if not _is_whole(emitter, node) or not isinstance(call, nodes.Call):
        return
    if call.function.effect is Effect.PURE and not _writes(call):
        emitter.lent.update(id(argument) for argument in call.arguments if _is_load(argument, node.place))


def merged_in(emitter: Emitter, node: nodes.Store) -> Hir | None:
    """Return what `. |= x` merges into the object, if that can be done in place."""
    value = node.value
    if not _is_whole(emitter, node) or not isinstance(value, nodes.Operation) or value.operator != "|":
        return None
    is_safe = _is_load(value.left, node.place) and value.right.type.kinds == OBJECT and not _writes(value.right)
    return value.right if is_safe else None


def _is_whole(emitter: Emitter, node: nodes.Store) -> bool:
    fixed = emitter.facts.roots.get(node.place.root)
    return not node.place.path and fixed is not None and fixed.is_fixed


def _is_load(node: Hir | None, place: Place) -> bool:
    return isinstance(node, nodes.Load) and node.place == place


def _writes(node: Hir) -> bool:
    return any(isinstance(here, _WRITERS) for here in walk(node))
