"""What a program touches of a record."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from dtl.hir import nodes
from dtl.hir.nodes import EVENT, METADATA, Place, Unit
from dtl.hir.visit import body_of, walk

#: A root (EVENT or METADATA) and the steps from it.
Touched: TypeAlias = tuple[str, tuple[str | int, ...]]


class Needs(NamedTuple):
    """What a program touches of the record and its metadata.

    Attributes:
        reads: What it reads. A path stands for all that lies below it; an empty one is the whole record.
        writes: What it writes.
        deletes: What it deletes.
    """

    reads: frozenset[Touched]
    writes: frozenset[Touched]
    deletes: frozenset[Touched]

    @classmethod
    def everything(cls) -> Needs:
        """Return the needs of a program of which nothing is known."""
        whole: frozenset[Touched] = frozenset({(EVENT, ()), (METADATA, ())})
        return cls(whole, whole, whole)


def needs_of(unit: Unit) -> Needs:
    """Return what a program touches; user functions that it calls are part of it."""
    reads: set[Touched] = set()
    writes: set[Touched] = set()
    deletes: set[Touched] = set()

    def note(found: set[Touched], place: Place | None, path: tuple[str | int, ...] = ()) -> None:
        if place is not None and place.is_external:
            found.add((place.root, place.path + path))

    todo: list[nodes.Hir] = [unit.body]
    seen: set[int] = set()
    while todo:
        referenced: set[int] = set()
        for node in walk(todo.pop()):
            match node:
                case nodes.RefArgument(root=nodes.Load() as root):
                    # unread by itself: only what lies at the path counts
                    referenced.add(id(root))
                    note(reads, root.place, node.path)
                case nodes.Load() if id(node) not in referenced:
                    note(reads, node.place)
                case nodes.Exists() if node.value is None:
                    note(reads, node.place)
                case nodes.Store():
                    note(writes, node.place)
                case nodes.StoreResult():
                    note(writes, node.ok)
                    note(writes, node.error)
                case nodes.Delete():
                    note(reads, node.place)
                    note(deletes, node.place)
                case nodes.Invoke() if id(node.function) not in seen:
                    seen.add(id(node.function))
                    todo.append(body_of(node.function))
                case _:
                    pass
    return Needs(frozenset(reads), frozenset(writes), frozenset(deletes))
