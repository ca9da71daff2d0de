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
from queue import SimpleQueue
from typing import Any
from weakref import WeakSet

from dtl.ai.actions import Action, Lookup, Resume, Send, Settings, Store
from dtl.ai.cache import AnswerCache
from dtl.ai.engine import Engine
from dtl.ai.estimate import Forecast
from dtl.ai.provider import Limits, Refusal, Reply, Router
from dtl.ai.replay import Recording
from dtl.ai.request import Request
from dtl.ai.transport import Transport
from dtl.values.errors import FunctionError

# Answers that come within so many seconds of a commit share the next one.
_GROUPED = 0.002
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
        settings: Settings | None = None,
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
        self._unsafe: list[Store] = []
        self._committed_at = -1.0
        self._is_committing = False
        self._wake: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._sessions: WeakSet[Session] = WeakSet()
        self._fault: BaseException | None = None

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

    def take_in(self, session: Session, batch: list[tuple[Any, Request]]) -> None:
        """Ask the questions of a session."""
        asked: list[tuple[Any, Request]]
        if self._recording is None:
            asked = [((session, token), request) for token, request in batch]
        else:
            asked = [((session, token, request), request) for token, request in batch]
        self.engine.ask(asked, self._clock())

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
            self._commit()
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
        by_session: dict[Session, list[tuple[Any, Any]]] = {}
        for token, result in action.results:
            if self._recording is not None and not isinstance(result, FunctionError):
                self._recording.note(token[2], result)
            by_session.setdefault(token[0], []).append((token[1], result))
        for session, results in by_session.items():
            session.results.put(results)

    async def _send(self, send: Send) -> None:
        provider = send.target.provider
        if self.engine.recall(send.id, self._clock()):
            self._guarded(lambda: None)
            return
        try:
            if provider.is_local or provider.computes:
                reply, limits = await self._transport.compute(send), Limits()
            else:
                reply, limits = await self._transport.call(send)
        except FunctionError as reason:
            reply, limits = Reply(refusal=Refusal("invalid", reason.message)), Limits()
        except Exception as fault:  # a provider's fault is not the run's
            reply, limits = Reply(refusal=Refusal("invalid", f"{type(fault).__name__}: {fault}")), Limits()
        self._guarded(lambda: self.engine.answered(send.id, reply, limits, self._clock()))

    # --- the journal ------------------------------------------------------------------------------

    def _find(self, keys: list[bytes]) -> dict[bytes, Any]:
        if self._cache is None:
            return {}
        try:
            return self._cache.find(keys)
        except sqlite3.Error as reason:
            self._give_up_cache(reason)
            return {}

    def _store(self, store: Store) -> None:
        """Write answers with the next commit."""
        if self._cache is None or not self._keeps:
            self.engine.stored(store.id)
            return
        self._unsafe.append(store)
        if self._is_committing or self._loop is None:
            return
        wait = self._committed_at + _GROUPED - self._clock()
        if wait <= 0:
            self._commit()
        else:
            self._is_committing = True
            self._loop.call_later(wait, self._guarded, self._commit)

    def _commit(self) -> None:
        stores, self._unsafe, self._is_committing = self._unsafe, [], False
        if not stores:
            return
        if self._cache is not None:
            try:
                self._cache.put(entry for store in stores for entry in store.entries)
            except sqlite3.Error as reason:
                self._give_up_cache(reason)
        self._committed_at = self._clock()
        for store in stores:
            self.engine.stored(store.id)

    def _give_up_cache(self, reason: Exception) -> None:
        if self._cache is not None:
            self._warn(f"the cache {self._cache.path} is not used any more: {reason}")
            self._cache = None


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
