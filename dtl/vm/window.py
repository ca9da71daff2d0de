"""Many records side by side: each runs until it asks a model, and goes on when its answer is there.

A window holds as many records as it takes to fill calls, up to a bound of memory; what is done waits until all before
it is done, so that the outcomes keep the order of the records.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple, Protocol

from dtl.ai.request import Request
from dtl.backends import Runnable
from dtl.backends.asking import Common
from dtl.data import frozen
from dtl.functions.context import Context
from dtl.values.errors import FunctionError
from dtl.vm.ending import ended_by
from dtl.vm.limits import NO_LIMITS, Limits
from dtl.vm.outcome import Outcome

# Requests that are handed over together: while they are taken in, no answer is.
_TOGETHER = 256
# Objects made before Python looks for garbage: a window holds many that live long, and makes none in circles.
_GARBAGE = 50_000
# Bytes that a waiting record takes besides its texts.
_RECORD = 1500


class Session(Protocol):
    """A way to ask: `dtl.ai.shell.Session`, or a replay's."""

    def submit(self, batch: list[tuple[Any, Request]]) -> None:
        """Ask questions, each with a token."""

    def flush(self, is_over: bool) -> None:
        """Say that nobody can go on without an answer."""

    def pause(self) -> None:
        """Say that a live stream brings nothing now."""

    def take(self, wait: bool) -> list[tuple[Any, Any]]:
        """Return tokens with answers or failures."""


class Asker(Protocol):
    """What `Context.ai` holds: models to ask, one question at a time or in a session."""

    def ask(self, request: Request) -> Any:
        """Return an answer, or raise a FunctionError."""

    def ask_all(self, requests: Iterable[Request]) -> list[Any]:
        """Return answers or failures."""

    def session(self) -> Session:
        """Return what a window asks by."""


@frozen
class Bounds:
    """How much a window may hold: records, and bytes of memory by a rough estimate."""

    records: int = 1_000_000
    bytes: int = 768 << 20


class Given(NamedTuple):
    """A record to be run on.

    Attributes:
        event: The record, owned by the run.
        given: The record as it came.
        metadata: Its metadata, owned by the run.
        weight: Bytes of memory that its texts take, about.
    """

    event: dict[str, Any]
    given: Any
    metadata: dict[str, Any]
    weight: int = 0


class Pause(Enum):
    """In the place of a record: the time to look at the answers of a live stream.

    Attributes:
        LOOK: There may be a record at once.
        SILENCE: There is none now, but may be one later.
    """

    LOOK = 1
    SILENCE = 2


class _Slot:
    """A record in the window."""

    # What a record has that asks for several things at once (`answers`, `missing`) is there only then.
    __slots__ = ("answers", "given", "metadata", "missing", "outcome", "running", "weight")
    answers: list[Any]
    missing: int

    def __init__(self, given: Any, metadata: Any, running: Any, weight: int) -> None:
        self.given = given
        self.metadata = metadata
        self.running = running
        self.weight = weight
        self.outcome: Outcome | None = None


class _Shared:
    """A question that records ask alike, and who waits for its answer."""

    __slots__ = ("slots", "wanted")

    def __init__(self, wanted: Common) -> None:
        self.wanted = wanted
        self.slots: list[_Slot] = []


class Window:
    """A program on records side by side.

    Args:
        code: The program.
        asker: Who is asked.
        context: What its functions may ask of the host.
        limits: What a run on one record may use up.
        bounds: How much the window may hold.
        before_wait: Called when nothing can go on: the time to write what is done.
    """

    def __init__(
        self,
        code: Runnable,
        asker: Asker,
        context: Context,
        limits: Limits = NO_LIMITS,
        bounds: Bounds | None = None,
        before_wait: Callable[[], None] = lambda: None,
    ) -> None:
        self._code = code
        self._start: Any = code.start if getattr(code, "asks", False) else None  # type: ignore[attr-defined]
        self._asker = asker
        self._context = context
        self._limits = limits
        self._is_counted, self._is_measured = limits.is_counted, limits.is_measured
        self._bounds = bounds or Bounds()
        self._before_wait = before_wait
        self._order: deque[_Slot] = deque()
        self._weight = 0
        # What all records ask alike: the values that are known, and what is being asked.
        self._known: dict[str, Any] = {}
        self._shared: dict[str, _Shared] = {}
        self._batch: list[tuple[Any, Request]] = []

    def run(self, records: Iterable[Given | Outcome | Pause]) -> Iterator[Outcome]:
        """Run on records; give their outcomes in order.

        Args:
            records: What to run on. An outcome stands for what is no record and is given in its turn. A pause comes
                from a live stream now and then: what is done is given, and nobody waits for answers.
        """
        if self._start is None:
            yield from self._run_alone(records)
            return
        before = gc.get_threshold()
        gc.set_threshold(max(before[0], _GARBAGE) if before[0] else 0, *before[1:])
        try:
            yield from self._run(records, self._asker.session())
        finally:
            gc.set_threshold(*before)

    def _run(self, records: Iterable[Given | Outcome | Pause], session: Session) -> Iterator[Outcome]:
        """Run a program that can stop at a request."""
        order, bounds = self._order, self._bounds
        for given in records:
            if type(given) is Given:
                self._begin(given)
            elif isinstance(given, Pause):
                self._hand_over(session)
                if given is Pause.SILENCE:
                    session.pause()
                self._go_on(session.take(wait=False))
                yield from self._done()
                self._before_wait()
                continue
            elif isinstance(given, Outcome):
                self._order.append(_Slot(given.record, given.metadata, None, 0))
                self._order[-1].outcome = given
            if len(self._batch) >= _TOGETHER:
                self._hand_over(session)
                self._go_on(session.take(wait=False))
            if order[0].outcome is not None:
                yield from self._done()
            while len(order) >= bounds.records or self._weight >= bounds.bytes:
                self._wait(session, is_over=False)
                yield from self._done()
        while order:
            self._wait(session, is_over=True)
            yield from self._done()

    def _run_alone(self, records: Iterable[Given | Outcome | Pause]) -> Iterator[Outcome]:
        """Run a program that cannot stop at a request, on one record after the other."""
        for given in records:
            if isinstance(given, Pause):
                continue
            if isinstance(given, Outcome):
                yield given
                continue
            try:
                result = self._code(given.event, given.metadata, self._context, self._limits.budget())
                outcome = self._ended(result)
            except Exception as problem:
                outcome = ended_by(problem, self._code, given.given, given.metadata)
            yield outcome

    def _begin(self, given: Given) -> None:
        event, came, metadata, weight = given
        running = self._start(event, metadata, self._context, self._limits.budget() if self._is_counted else None)
        slot = _Slot(came, metadata, running, weight + _RECORD)
        self._weight += slot.weight
        self._order.append(slot)
        self._step(slot, None)

    def _step(self, slot: _Slot, answer: Any) -> None:
        """Let a record go on with an answer until it asks again or ends."""
        running = slot.running
        try:
            wanted = running.throw(answer) if isinstance(answer, FunctionError) else running.send(answer)
            while type(wanted) is Common and wanted.name in self._known:
                wanted = running.send(self._known[wanted.name])
        except StopIteration as end:
            slot.running = None
            try:
                slot.outcome = self._ended(end.value)
            except Exception as problem:
                slot.outcome = ended_by(problem, self._code, slot.given, slot.metadata)
            return
        except Exception as problem:
            slot.running = None
            slot.outcome = ended_by(problem, self._code, slot.given, slot.metadata)
            return
        if type(wanted) is Common:
            self._ask_in_common(slot, wanted)
        elif type(wanted) is tuple:
            slot.answers = [None] * len(wanted)
            slot.missing = len(wanted)
            self._batch += [((slot, index), request) for index, request in enumerate(wanted)]
        else:
            self._batch.append((slot, wanted))

    def _ask_in_common(self, slot: _Slot, wanted: Common) -> None:
        """Let a record wait for what all ask alike."""
        shared = self._shared.get(wanted.name)
        if shared is None:
            shared = self._shared[wanted.name] = _Shared(wanted)
            self._batch.append((shared, wanted.request))
        shared.slots.append(slot)

    def _answer_in_common(self, shared: _Shared, answer: Any) -> None:
        """Let all records go on that wait for the same; what they are told is remembered unless it is a failure."""
        name, request = shared.wanted
        del self._shared[name]
        if not isinstance(answer, FunctionError):
            try:
                answer = self._known[name] = request.read(answer)
            except FunctionError as reason:
                answer = reason
        for slot in shared.slots:
            # A failure is each record's own: it is told where that one has asked.
            self._step(slot, FunctionError(answer.message) if isinstance(answer, FunctionError) else answer)

    def _ended(self, result: tuple[Any, Any, Any]) -> Outcome:
        value, event, metadata = result
        if self._is_measured:
            self._limits.measure(event)
        return Outcome("ok", value, event, metadata)

    def _hand_over(self, session: Session) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            session.submit(batch)

    def _go_on(self, results: list[tuple[Any, Any]]) -> None:
        """Let records go on whose answers are there."""
        for token, answer in results:
            if type(token) is _Slot:
                self._step(token, answer)
                continue
            if type(token) is _Shared:
                self._answer_in_common(token, answer)
                continue
            slot, index = token
            slot.answers[index] = answer
            slot.missing -= 1
            if not slot.missing:
                answers, slot.answers = slot.answers, []
                self._step(slot, answers)

    def _wait(self, session: Session, *, is_over: bool) -> None:
        """Go on with what answers there are, or wait for some."""
        self._hand_over(session)
        results = session.take(wait=False)
        if not results and self._order[0].outcome is None:
            session.flush(is_over)
            self._before_wait()
            results = session.take(wait=True)
        self._go_on(results)

    def _done(self) -> Iterator[Outcome]:
        """Give the outcomes that nothing before is waited for."""
        order = self._order
        while order and order[0].outcome is not None:
            slot = order.popleft()
            self._weight -= slot.weight
            outcome = slot.outcome
            assert outcome is not None
            yield outcome


def weight_of(record: dict[str, Any]) -> int:
    """Return the bytes of memory that a record's texts take, about."""
    weight = 0
    for value in record.values():
        weight += len(value) if type(value) is str else 100
    return weight
