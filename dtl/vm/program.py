"""A compiled program: what it needs, and runs of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dtl.backends import Runnable
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.functions.context import Context
from dtl.types.type import ANY_OBJECT, Type
from dtl.vm.ending import ended_by
from dtl.vm.limits import NO_LIMITS, Limits
from dtl.vm.needs import Needs, needs_of
from dtl.vm.outcome import Outcome
from dtl.vm.record import own

if TYPE_CHECKING:
    from dtl.vm.window import Asker, Bounds


class Program:
    """A compiled program.

    A program holds no state of its runs: it may run in several threads at once.

    Attributes:
        code: What the backend made.
        warnings: What the compiler found besides.
        types: The type of the record afterwards, as far as the compiler knows.
        metadata_type: The type of its metadata afterwards.
        limits: What a run may use up.
        context: What functions may ask of the host, unless a run is given its own.
    """

    def __init__(
        self,
        code: Runnable,
        warnings: Iterable[Diagnostic] = (),
        types: Type = ANY_OBJECT,
        metadata_type: Type = ANY_OBJECT,
        *,
        limits: Limits = NO_LIMITS,
        context: Context | None = None,
        needs: Needs | None = None,
    ) -> None:
        self.code = code
        self.warnings = list(warnings)
        self.types = types
        self.metadata_type = metadata_type
        self.limits = limits
        self.context = context or Context()
        self._needs = needs

    @cached_property
    def needs(self) -> Needs:
        """Return which paths of the record and its metadata the program reads, writes and deletes."""
        if self._needs is not None:
            return self._needs
        return Needs.everything() if self.code.unit is None else needs_of(self.code.unit)

    def run(
        self, record: Mapping[str, Any], metadata: Mapping[str, Any] | None = None, *, context: Context | None = None
    ) -> Outcome:
        """Run on a record, which stays as it is.

        Args:
            record: The event: a mapping of strings to values (see `dtl.vm.record` for what else counts as a value).
            metadata: What `%` is.
            context: The host of this run.

        Raises:
            TypeError: The record is no object, or something in it can be no value.
        """
        event = own(record)
        after = own(metadata) if metadata else {}
        try:
            value, event, after = self.code(event, after, context or self.context, self.limits.budget())
            if self.limits.is_measured:
                self.limits.measure(event)
        except Exception as problem:
            return self.ended(problem, record, {} if metadata is None else metadata)
        return Outcome("ok", value, event, after)

    def run_batch(
        self, records: Iterable[Mapping[str, Any]], metadata: Mapping[str, Any] | None = None
    ) -> Iterator[Outcome]:
        """Run on records one by one, as they come."""
        run = self.run
        for record in records:
            yield run(record, metadata)

    def run_many(
        self,
        records: Iterable[Mapping[str, Any]],
        metadata: Mapping[str, Any] | None = None,
        *,
        ai: Asker | None = None,
        window: Bounds | None = None,
        context: Context | None = None,
    ) -> Iterator[Outcome]:
        """Run on records side by side, so that their questions to models can share calls; outcomes keep their order.

        Args:
            records: The events, as for `run`.
            metadata: What `%` is, for each.
            ai: Who is asked (`dtl.ai.shell.Shell`); the context's own unless given.
            window: How many records may be under way.
            context: The host of these runs.
        """
        host = context or self.context
        if ai is not None:
            host = replace(host, ai=ai)
        if host.ai is None or not getattr(self.code, "asks", False):
            for record in records:
                yield self.run(record, metadata, context=host)
            return
        windows = import_module("dtl.vm.window")  # few programs ask models
        given = (
            windows.Given(event := own(record), record, own(metadata) if metadata else {}, windows.weight_of(event))
            for record in records
        )
        yield from windows.Window(self.code, host.ai, host, self.limits, window).run(given)

    def ended(self, problem: Exception, record: Any, metadata: Any) -> Outcome:
        """Return the outcome of a run that was ended by an exception."""
        return ended_by(problem, self.code, record, metadata)
