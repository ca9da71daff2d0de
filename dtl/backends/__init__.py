"""Backends: HIR in, something that runs out; chosen by name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # a compiled program that is only run needs none of them
    from dtl.backends.budget import Budget
    from dtl.functions.context import Context
    from dtl.hir.nodes import Unit
    from dtl.source import Position, Source, Span

#: The module of each backend; imported when it is first asked for.
_MODULES = {
    "interpreter": "dtl.backends.interpreter",
    "bytecode": "dtl.backends.bytecode.backend",
}

BACKENDS = tuple(_MODULES)


class Runnable(Protocol):
    """A program that can be run.

    Attributes:
        source: The program's text.
        unit: Its HIR, where that is still known.
    """

    source: Source
    unit: Unit | None

    def __call__(
        self, event: Any, metadata: Any, context: Context, budget: Budget | None = None
    ) -> tuple[Any, Any, Any]:
        """Run on an event; give the program's value, the event and the metadata as they are afterwards.

        The event and the metadata are objects, owned by the run: it may change their fields in place (not what
        the fields hold).

        Args:
            event: The record.
            metadata: The record's metadata.
            context: What functions may ask of the host.
            budget: What the run may use up; only for programs emitted with `counted`.

        Raises:
            Failure, Abort, Drop: The program ended so. What became of the event is of no use then.
            LimitExceeded: The run used more than it may.
        """
        ...

    def span_of(self, stop: BaseException) -> Span | None:
        """Return which part of the source raised something, if that is known."""
        ...

    def inner_place(self, stop: BaseException) -> tuple[str, Position] | None:
        """Return the imported file, and the place there, that raised something; None if it was the source itself."""
        ...


class Backend(Protocol):
    """A way to run HIR."""

    def emit(self, unit: Unit, source: Source, *, counted: bool = False) -> Runnable:
        """Return the program in the backend's form.

        Args:
            unit: The program.
            source: Its text, for positions.
            counted: Whether runs count their steps (see `Budget`), which costs time.
        """
        ...


def backend(name: str) -> Backend:
    """Return a backend by name.

    Raises:
        ValueError: There is none of that name.
    """
    module = _MODULES.get(name)
    if module is None:
        raise ValueError(f"there is no backend {name!r}; there are {', '.join(BACKENDS)}")
    return importlib.import_module(module)
