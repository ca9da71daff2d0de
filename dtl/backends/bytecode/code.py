"""Emitted programs: a code object and what it binds, made ready to run, kept as data, and asked for places."""

from __future__ import annotations

import builtins
import marshal
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import CodeType, TracebackType
from typing import TYPE_CHECKING, Any

from dtl.backends.budget import Budget
from dtl.backends.bytecode.binding import Spec, rebuilt
from dtl.backends.bytecode.runtime import NAMES, Origin, origin_of
from dtl.functions.context import Context
from dtl.functions.function import Function
from dtl.source import Position, Source, Span

if TYPE_CHECKING:  # a program that is only run needs no HIR
    from dtl.hir.nodes import Unit


# The flag of code objects of generators, as `inspect` names it, which takes long to import.
CO_GENERATOR = 0x20


class Emitted:
    """A program as a code object.

    Attributes:
        source: The program's text.
        unit: Its HIR, where that is still known.
        function: The program as a Python function of event, metadata, context and budget; faster to call than this.
        asks: Whether it asks models, and can be run side by side with itself (`start`).
        start: Begins a run of a program that asks: a generator of requests (see `dtl.backends.asking`).
        uses_metadata: Whether it has to do with metadata.
        makes_floats: Whether it may write a float into the event that was not there before.
    """

    def __init__(
        self,
        source: Source,
        code: CodeType,
        specs: dict[str, Spec],
        values: dict[str, Any],
        functions: dict[str, Function],
        traits: tuple[bool, bool],
        unit: Unit | None = None,
    ) -> None:
        self.source = source
        self.unit = unit
        self.functions = functions
        self.uses_metadata, self.makes_floats = traits
        self._code = code
        self._specs = specs
        namespace: dict[str, Any] = {"__builtins__": builtins, **NAMES, **values}
        exec(code, namespace)
        self._namespace = namespace
        program = namespace["program"]
        self.asks = bool(program.__code__.co_flags & CO_GENERATOR)
        self.start: Callable[..., Any] = program
        self.function: Callable[..., tuple[Any, Any, Any]] = program
        if self.asks:
            asking = import_module("dtl.backends.asking")  # most programs ask nobody
            namespace.update(asking.NAMES)
            self.function = partial(asking.run_alone, program)

    def __call__(
        self, event: Any, metadata: Any, context: Context, budget: Budget | None = None
    ) -> tuple[Any, Any, Any]:
        """Run the program (see `Runnable`)."""
        return self.function(event, metadata, context, budget)

    def span_of(self, stop: BaseException) -> Span | None:
        """Return the part of the source that raised something."""
        place = getattr(stop, "place", None)
        if not isinstance(place, tuple) or self._is_imported(place):
            # Of what was raised in another file, the part is the call that led there.
            place = origin_of(self._entry(stop.__traceback__))
        return None if place is None or self._is_imported(place) else self._span(place)

    def inner_place(self, stop: BaseException) -> tuple[str, Position] | None:
        """Return the imported file, and the place there, that raised something."""
        place = getattr(stop, "place", None)
        if not isinstance(place, tuple):
            place = self._innermost(stop.__traceback__)
        if place is None or not self._is_imported(place):
            return None
        code, offset = place
        line, _, column, _ = list(code.co_positions())[offset // 2]
        return None if line is None else (code.co_filename, Position(line, (column or 0) + 1))

    def _is_imported(self, place: Origin) -> bool:
        return place[0].co_filename != self._code.co_filename

    def _innermost(self, traceback: TracebackType | None) -> Origin | None:
        """Return the innermost place of the program in a traceback, in whatever file."""
        found = None
        while (traceback := self._entry(traceback)) is not None:
            found = traceback.tb_frame.f_code, traceback.tb_lasti
            traceback = traceback.tb_next
        return found

    def _entry(self, traceback: TracebackType | None) -> TracebackType | None:
        """Return the part of a traceback that begins in the program."""
        namespace = self._namespace
        while traceback is not None and traceback.tb_frame.f_globals is not namespace:
            traceback = traceback.tb_next
        return traceback

    def _span(self, place: Origin) -> Span | None:
        """Return the span of an instruction; its whole line where columns are not kept (`-X no_debug_ranges`)."""
        code, offset = place
        positions = list(code.co_positions())
        line, end_line, column, end_column = positions[offset // 2]
        if line is None or end_line is None:
            return None
        if column is None or end_column is None:
            start = self.source.offset(Position(line, 1))
            return Span(start, start + len(self.source.line(line)))
        return Span(self._offset(line, column), self._offset(end_line, end_column))

    def _offset(self, line: int, column: int) -> int:
        """Return the offset of a line and a column, counted from 0 in UTF-8 bytes."""
        start = self.source.line_starts[line - 1]
        if self.source.is_ascii:
            return start + column
        text = self.source.line(line).encode("utf-8", "surrogatepass")
        return start + len(text[:column].decode("utf-8", "surrogatepass"))

    def to_bytes(self) -> bytes:
        """Return the program as data from which `from_bytes` makes it again, under the same Python.

        Raises:
            ValueError: It holds something that is no data.
        """
        traits = self.uses_metadata, self.makes_floats
        return marshal.dumps((self._code, self._specs, sorted(self.functions), traits))

    @classmethod
    def from_bytes(cls, data: bytes, source: Source, find: Callable[[str], Function | None]) -> Emitted:
        """Make a program again.

        Args:
            data: What `to_bytes` gave; it must come from a trusted place, as code does.
            source: The program's text.
            find: Finds a function by name.

        Raises:
            LookupError, ValueError, TypeError, EOFError: It cannot be made again.
        """
        code, specs, names, traits = marshal.loads(data)
        functions = {}
        for name in names:
            function = find(name)
            if function is None:
                raise LookupError(f"no function {name!r}")
            functions[name] = function
        values = {name: rebuilt(spec, find) for name, spec in specs.items()}
        return cls(source, code, specs, values, functions, traits)
