"""The shell: one loop in a thread of its own that does what the engine wants, and tells it what became of it.

Whoever runs a program asks through a session (a window) or one question at a time; both only hand data over. The
engine, the cache and the network belong to the loop's thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, NamedTuple
from weakref import WeakSet

from dtl.ai.accounting.estimate import Forecast
from dtl.ai.actions import Action, Lookup, Resume, Send, Store
from dtl.ai.cache.arrivals import Arrivals, Leftovers
from dtl.ai.cache.batches import BatchNotes
from dtl.ai.cache.disk import AnswerCache
from dtl.ai.cache.keeper import Keeper
from dtl.ai.cache.replay import Recording
from dtl.ai.engine import Engine
from dtl.ai.http.connections import Withdrawn
from dtl.ai.http.transport import Transport
from dtl.ai.provider import Ask, ComputingProvider, HttpProvider, Limits, Refusal, Reply, Router
from dtl.ai.request import Request
from dtl.ai.run_settings import RunSettings
from dtl.values.errors import FunctionError

# Seconds for which a thread keeps Python's lock while others want it. The usual 5 ms is long for a loop that must see
# a refusal before the next call is sent, and write an answer down before anything happens to the process.
_SWITCH = 0.0005


class Shell:
    """Asks models.

    Args:
        router: Finds where requests go.
        settings: How the run asks.
        cache: The answers of earlier runs, and the journal of this one.
        recording: Takes every question and answer of the run.
        warn: Takes a line of text about what does not keep the run from going on.
        clock: Seconds on a clock that never goes back.
        forecast: Answers in the place of all models; its answers are not kept.
    """

    def __init__(
        self,
        router: Router,
        settings: RunSettings | None = None,
        cache: AnswerCache | None = None,
        recording: Recording | None = None,
        warn: Callable[[str], None] = lambda text: None,
        clock: Callable[[], float] = time.monotonic,
        forecast: Forecast | None = None,
    ) -> None:
        self.engine = Engine(router, settings)
        self._cache = cache
        self._recording = recording
        self._warn = warn
        self._clock = clock
        self._transport = forecast or Transport()
        self._keeps = forecast is None
        # The journal: responses as they came, until their answers are in the cache.
        self._arrivals = self._leftovers = self._keeper = None
        if cache is not None and self._keeps:
            self._arrivals, self._leftovers, self._keeper = (
                Arrivals(cache.path),
                Leftovers(cache.path),
                Keeper(cache.path),
            )
        self._notes = None if cache is None or not self._keeps else BatchNotes(cache.path)
        self._unread: dict[int, Any] = {}
        self._kept: SimpleQueue[tuple[Callable[[], None], Exception | None]] = SimpleQueue()
        self._wake: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._sessions: WeakSet[Session] = WeakSet()
        self._fault: BaseException | None = None
        # Tokens of the first session need no session beside them, and most runs have no other.
        self._first: Session | None = None
        self._has_several = False

    # --- for those who ask ------------------------------------------------------------------------

    def session(self) -> Session:
        """Return what a window asks by."""
        return Session(self)

    def ask(self, request: Request) -> Any:
        """Return the answer to one question.

        Raises:
            FunctionError: There is none.
        """
        answer = self.ask_all([request])[0]
        if isinstance(answer, FunctionError):
            raise answer
        return answer

    def ask_all(self, requests: Iterable[Request]) -> list[Any]:
        """Return the answers to several questions; a FunctionError where there is none."""
        batch = list(enumerate(requests))
        answers: list[Any] = [None] * len(batch)
        session = self.session()
        session.submit(batch)
        session.flush(is_over=True)
        left = len(batch)
        while left:
            for index, answer in session.take(wait=True):
                answers[index] = answer
                left -= 1
        return answers

    def __enter__(self) -> Shell:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def close(self) -> None:
        """End the loop; what is under way is given up. The cache and the recording are closed too.

        Raises:
            OSError: The recording cannot be written.
        """
        with self._lock:
            loop, thread, self._loop = self._loop, self._thread, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
        if self._keeper is not None:
            self._keeper.close()
            self._take_kept()
        if self._arrivals is not None:
            self._arrivals.close()
        if self._leftovers is not None:
            self._leftovers.close()
        if self._cache is not None:
            self._cache.close()
            self._cache = None
        if self._recording is not None:
            self._recording.close()

    # --- in the loop ------------------------------------------------------------------------------

    def post(self, session: Session, event: Callable[[], None], then: Callable[[], None] | None = None) -> None:
        """Have an event taken in by the loop; `then` is called when that is done, or has failed."""
        if self._fault is not None:
            raise RuntimeError("the run's questions have come to a fault") from self._fault
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._run, args=(self._loop,), name="dtl-ai", daemon=True)
                self._thread.start()
            loop = self._loop
        self._sessions.add(session)
        loop.call_soon_threadsafe(self._guarded, event, then)

    def now(self) -> float:
        """Return the time."""
        return self._clock()

    def take_in(self, session: Session, batch: list[tuple[Any, Request]]) -> None:
        """Ask the questions of a session."""
        if self._recording is not None:
            batch = [(_Asked(session, token, request), request) for token, request in batch]
        elif session is not self._first:
            if self._first is None:
                self._first = session
            else:
                self._has_several = True
                batch = [(_Asked(session, token, request), request) for token, request in batch]
        self.engine.ask(batch, self._clock())

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        before = sys.getswitchinterval()
        sys.setswitchinterval(min(before, _SWITCH))
        try:
            loop.run_forever()
        finally:
            sys.setswitchinterval(before)
            for task in self._tasks:
                task.cancel()
            if self._tasks:
                loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
            loop.run_until_complete(self._transport.close())
            loop.close()

    def _guarded(self, event: Callable[[], None], then: Callable[[], None] | None = None) -> None:
        """Take an event in, and do what follows; a fault of ours must not leave anybody waiting."""
        try:
            event()
            self._act()
        except BaseException as fault:
            self._fault = fault
            for session in self._sessions:
                session.results.put(fault)
        finally:
            if then is not None:
                then()

    def _act(self) -> None:
        """Do what the engine wants until it wants nothing more."""
        engine = self.engine
        while actions := engine.actions(self._clock()):
            for action in actions:
                self._do(action)
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        now = self._clock()
        at = engine.wake_at(now)
        if at is not None and self._loop is not None:
            self._wake = self._loop.call_later(max(0.0, at - now), self._guarded, self._tick)

    def _tick(self) -> None:
        self.engine.tick(self._clock())

    def _do(self, action: Action) -> None:
        match action:
            case Lookup():
                self.engine.looked_up(action.keys, self._find(action.keys))
            case Send():
                assert self._loop is not None
                task = self._loop.create_task(self._send(action))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            case Store():
                self._store(action)
            case Resume():
                self._resume(action)

    def _resume(self, action: Resume) -> None:
        if self._recording is None and not self._has_several:
            assert self._first is not None
            self._first.results.put(action.results)
            return
        by_session: dict[Session, list[tuple[Any, Any]]] = {}
        for token, result in action.results:
            if type(token) is not _Asked:
                assert self._first is not None
                by_session.setdefault(self._first, []).append((token, result))
                continue
            if self._recording is not None and not isinstance(result, FunctionError):
                self._recording.note(token.request, result)
            by_session.setdefault(token.session, []).append((token.token, result))
        for session, results in by_session.items():
            session.results.put(results)

    async def _send(self, send: Send) -> None:
        provider = send.target.provider
        if not self._may_send(send):
            self._guarded(lambda: None)
            return
        try:
            if isinstance(provider, ComputingProvider):
                self._take(send, await self._transport.compute(send, provider, self._notes), Limits())
            else:
                assert isinstance(provider, HttpProvider)
                await self._transport.call(
                    send,
                    provider,
                    lambda: self._may_send(send),
                    lambda body: self._write_down(send, body),
                    lambda reply, limits: self._take(send, reply, limits),
                )
        except Withdrawn:
            self._guarded(lambda: None)
        except FunctionError as reason:
            self._take(send, Reply(refusal=Refusal("invalid", reason.message)), Limits())
        except Exception as fault:  # a provider's fault is not the run's
            self._take(send, Reply(refusal=Refusal("invalid", f"{type(fault).__name__}: {fault}")), Limits())

    def _may_send(self, send: Send) -> bool:
        """Tell whether a call may be written; if not, the engine has it back."""
        return not self.engine.recall(send.id, self._clock())

    def _take(self, send: Send, reply: Reply, limits: Limits) -> None:
        """Tell the engine what became of a call."""
        self._guarded(lambda: self.engine.answered(send.id, reply, limits, self._clock()))
        file = self._unread.pop(send.id, None)
        if file is not None and self._arrivals is not None:  # there was no answer in it
            self._arrivals.settle(file)

    # --- the journal ------------------------------------------------------------------------------

    def _write_down(self, send: Send, body: bytes) -> None:
        """Write a response down before anybody reads it."""
        if self._arrivals is not None and self._cache is not None and send.keys:
            self._unread[send.id] = self._arrivals.append(send.keys, send.asks, body)

    def _find(self, keys: list[bytes]) -> dict[bytes, Any]:
        if self._cache is None:
            return {}
        try:
            found = self._cache.find(keys)
        except sqlite3.Error as reason:
            self._give_up_cache(reason)
            return {}
        if self._keeper is not None and self._keeper.waiting:
            waiting = self._keeper.waiting
            found.update((key, answer) for key in keys if (answer := waiting.get(key)) is not None)
        if self._leftovers:
            for key in keys:
                if key not in found:
                    self._find_left(key, found)
        return found

    def _find_left(self, key: bytes, found: dict[bytes, Any]) -> None:
        """Find an answer in what a killed process left."""
        assert self._leftovers is not None and self._keeper is not None
        leftovers, reader = self._leftovers, self.engine.target_of(key).provider.reader
        if reader is None:
            return
        read_reply = reader.read

        def read(body: bytes, asks: list[Ask]) -> dict[int, Any]:
            return dict(read_reply(200, {}, body, asks).answers)

        answer = leftovers.find(key, read)
        entry = None if answer is None else self.engine.checked(key, answer)
        if entry is None:
            leftovers.used([key])
            return
        found[key] = answer
        self._keep([entry], lambda: leftovers.used([key]))

    def _store(self, store: Store) -> None:
        """Put answers into the cache: before anybody sees them, unless they are written down as they came."""
        file = self._unread.pop(store.call, None)
        if self._cache is None or self._keeper is None or not store.entries:
            if file is not None and self._arrivals is not None:
                self._arrivals.settle(file)
            self.engine.stored(store.id)
        elif file is not None:
            arrivals = self._arrivals
            assert arrivals is not None
            self._keep(store.entries, lambda: arrivals.settle(file))
            self.engine.stored(store.id)
        else:
            self._keep(store.entries, lambda: self.engine.stored(store.id), always=True)

    def _keep(self, entries: list[Any], then: Callable[[], None], always: bool = False) -> None:
        """Have entries put into the cache; then, or also if that is impossible, do something in the loop's thread."""
        assert self._keeper is not None

        def written(problem: Exception | None) -> None:
            self._kept.put((then if problem is None or always else _nothing, problem))
            loop = self._loop
            if loop is not None:
                with suppress(RuntimeError):  # it is closed: whoever closed it does the rest
                    loop.call_soon_threadsafe(self._guarded, self._take_kept)

        self._keeper.put(entries, written)

    def _take_kept(self) -> None:
        """Do what waited for answers to be in the cache."""
        while not self._kept.empty():
            then, problem = self._kept.get()
            then()
            if problem is not None:
                self._give_up_cache(problem)

    def _give_up_cache(self, reason: Exception) -> None:
        if self._cache is not None:
            self._warn(f"the cache {self._cache.path} is not used any more: {reason}")
            self._cache = None


def _nothing() -> None:
    """Do nothing."""


class _Asked(NamedTuple):
    """The token of a question, and whose it is."""

    session: Session
    token: Any
    request: Request


class Session:
    """The questions of one window."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.results: SimpleQueue[list[tuple[Any, Any]] | BaseException] = SimpleQueue()

    def submit(self, batch: list[tuple[Any, Request]]) -> None:
        """Ask questions that come together, each with a token that its result will carry.

        Returns when they are taken in, and the cache was asked: two threads that are busy at once keep each other
        from Python's lock, which costs more than the waiting.
        """
        taken = threading.Lock()
        taken.acquire()
        self._shell.post(self, lambda: self._shell.take_in(self, batch), taken.release)
        taken.acquire()

    def flush(self, is_over: bool) -> None:
        """Say that nobody can go on without an answer, and whether there is no more input."""
        self._shell.post(self, lambda: self._shell.engine.flush(is_over))

    def pause(self) -> None:
        """Say that a live stream brings nothing now."""
        shell = self._shell
        shell.post(self, lambda: shell.engine.silent(shell.now()))

    def take(self, wait: bool) -> list[tuple[Any, Any]]:
        """Return results: each a token and an answer, or a FunctionError; wait for the first if asked to."""
        found: list[tuple[Any, Any]] = []
        if wait:
            found += self._checked(self.results.get())
        while not self.results.empty():
            found += self._checked(self.results.get())
        return found

    def _checked(self, results: list[tuple[Any, Any]] | BaseException) -> list[tuple[Any, Any]]:
        if isinstance(results, BaseException):
            raise RuntimeError("the run's questions have come to a fault") from results
        return results
