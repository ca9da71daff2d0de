"""The engine: a state machine without IO that decides what is asked when, and who gets which answer.

Events go in (`ask`, `looked_up`, `flush`, `answered`, `stored`, `tick`), actions come out of `actions`. Time is what
the events say it is.
"""

from __future__ import annotations

import random as randomness
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from heapq import heappop, heappush
from typing import Any

from dtl.ai.accounting.budget import Budget, cost_of, most_cost
from dtl.ai.accounting.report import Report
from dtl.ai.actions import Action, CacheEntry, Lookup, Resume, Send, Store
from dtl.ai.cache.key import key_of
from dtl.ai.cache.memory import Memory
from dtl.ai.calls.lane import Lane
from dtl.ai.calls.packer import Item, Pack
from dtl.ai.calls.retry import Bisection, Call, halves, wait_before
from dtl.ai.calls.shapes import Shapes, answer_bound, size_of
from dtl.ai.provider import Ask, Limits, Refusal, Reply, Router, Target
from dtl.ai.request import Request
from dtl.ai.run_settings import RunSettings
from dtl.ai.schema import problem_with
from dtl.values.errors import FunctionError

_NONE: Any = object()
# Tokens of the words around the reason why an answer was refused, more or less.
_NOTE = 32
# How often the halves are sent of a call that came to nothing as often as it may.
_ATTEMPTS_OF_HALVES = 3
# How many times as long as in silence a question waits for others while a live stream goes on.
_LINGERS = 20
_BUSY = ("rate_limit", "overloaded")
_TRANSIENT = ("server", "timeout", "connection", "malformed")
_FINAL = ("auth", "quota", "model")


class Engine:
    """The state of a run's questions.

    Args:
        router: Finds where requests go.
        settings: How the run asks.
        random: Gives numbers from 0 to 1, for the chance in waiting times.
    """

    def __init__(
        self, router: Router, settings: RunSettings | None = None, random: Callable[[], float] = randomness.random
    ) -> None:
        self.settings = settings or RunSettings()
        self.report = Report()
        self.budget = Budget(self.settings.stops)
        self._random = random
        self._shapes = Shapes(router, self.report, self.settings.fuses)
        self._memory = Memory(self.settings.memory)
        # What the cache is asked about: the request, its shape, and the tokens of who asks.
        self._looking: dict[bytes, list[Any]] = {}
        self._waiting: dict[bytes, Item] = {}
        self._storing: dict[int, list[tuple[Item, Any]]] = {}
        self._flying: dict[int, tuple[Lane, Call]] = {}
        self._resumed: list[tuple[Any, Any]] = []
        self._out: list[Action] = []
        self._ids = 0
        self._silent_since: float | None = None
        self._asked_at = 0.0

    # --- events -----------------------------------------------------------------------------------

    def ask(self, batch: Iterable[tuple[Any, Request]], now: float) -> None:
        """Take in questions that come together, each with the token of who asks."""
        self._silent_since, self._asked_at = None, now
        looks_up, looking, of = self.settings.looks_up, self._looking, self._shapes.of
        unseen: list[bytes] = []
        new: list[Item] = []
        for token, request in batch:
            shape = of(request)
            if isinstance(shape, str):
                self._resumed.append((token, FunctionError(shape)))
                continue
            shape.counts.asked += 1
            key = key_of(shape.prefix, request.input)
            look = looking.get(key)
            waiters = look if look is not None else item.waiters if (item := self._waiting.get(key)) else None
            if waiters is not None:
                waiters.append(token)
                shape.counts.shared += 1
                continue
            answer = self._memory.get(key, _NONE)
            if answer is not _NONE:
                self._resumed.append((token, answer))
                shape.counts.shared += 1
            elif looks_up and shape.keeps:
                looking[key] = [request, shape, token]
                unseen.append(key)
            else:
                item = self._waiting[key] = Item(key, request, shape, [token], now)
                new.append(item)
        if unseen:
            self._out.append(Lookup(unseen))
        self._admit(new)

    def looked_up(self, keys: Iterable[bytes], found: Mapping[bytes, Any]) -> None:
        """Take in which keys of a Lookup the cache knows, with their answers."""
        unknown = []
        for key in keys:
            look = self._looking.pop(key)
            answer = found.get(key, _NONE)
            if answer is _NONE:
                item = self._waiting[key] = Item(key, look[0], look[1], look[2:], self._asked_at)
                unknown.append(item)
                continue
            look[1].counts.cached += 1
            # It is not kept in memory as well: the cache is near enough.
            self._resumed.append((look[2], answer))
            if look[3:]:
                self._resumed += [(token, answer) for token in look[3:]]
        self._admit(unknown)

    def target_of(self, key: bytes) -> Target:
        """Return where the question of a Lookup would go."""
        target: Target = self._looking[key][1].target
        return target

    def checked(self, key: bytes, answer: Any) -> CacheEntry | None:
        """Return an answer to the question of a Lookup as it is kept; None when it makes no sense."""
        request, shape = self._looking[key][:2]
        return (
            CacheEntry(key, request.task, shape.target.name, answer) if problem_with(request, answer) is None else None
        )

    def flush(self, is_over: bool = True) -> None:
        """Take in that nobody can go on without an answer: calls that are not full are sent too.

        Args:
            is_over: Whether there is no more input. Otherwise (there is no room for more) calls under way come first,
                as their answers make room.
        """
        if not is_over and any(call.items[0].shape.queue.waits for _, call in self._flying.values()):
            return
        for queue in self._shapes.queues:
            for pack in queue.close():
                self._ready(pack)

    def silent(self, now: float) -> None:
        """Take in that a live stream brings nothing: the next questions end that."""
        if self._silent_since is None:
            self._silent_since = now

    def answered(self, id: int, reply: Reply, limits: Limits, now: float) -> None:
        """Take in what became of a Send."""
        lane, call = self._flying.pop(id)
        refusal = reply.refusal
        target = call.items[0].shape.target
        counts = self.report.model(call.items[0].shape.target.name)
        counts.took(now - call.sent_at)
        counted = refusal is None or refusal.kind not in _BUSY
        was_blocked_until = lane.pacer.blocked_until
        lane.pacer.landed(call.weight, call.tokens, limits, call.sent_at, now, counted=counted)
        counts.input_tokens += reply.usage.input_tokens or 0
        counts.output_tokens += reply.usage.output_tokens or 0
        counts.cached_tokens += reply.usage.cached_tokens or 0
        if not target.provider.is_local:
            cost = 0.0
            if refusal is None and target.price is not None:
                cost = cost_of(target.price, reply.usage, call.tokens)
            elif refusal is not None and refusal.kind in ("timeout", "malformed"):
                cost = call.reserved  # the provider may well have done the work
            self.budget.settle(call.reserved, cost)
            if target.price is not None:
                counts.cost = (counts.cost or 0.0) + cost
        if refusal is None:
            lane.pacer.succeeded()
            lane.given_up, lane.answered_at = None, now
            self._take(lane, call, reply, now)
        else:
            counts.refused[refusal.kind] = counts.refused.get(refusal.kind, 0) + 1
            self._refused(lane, call, refusal, was_blocked_until, now)

    def recall(self, id: int, now: float) -> bool:
        """Take a Send back that was not carried out yet, if its key was refused in the meantime; tell whether."""
        flying = self._flying.get(id)
        if flying is None or flying[0].pacer.blocked_until <= now:
            return False
        lane, call = flying
        del self._flying[id]
        lane.pacer.landed(call.weight, call.tokens, Limits(), call.sent_at, now, counted=False)
        if not call.items[0].shape.target.provider.is_local:
            self.budget.settle(call.reserved, 0.0)
            self.budget.requests -= 1
        counts = self.report.model(call.items[0].shape.target.name)
        counts.requests -= 1
        counts.inputs -= len(call.items)
        call.attempts -= 1
        counts.retries -= call.attempts > 0
        lane.calls.appendleft(call)
        return True

    def stored(self, id: int) -> None:
        """Take in that the answers of a Store are safe."""
        for item, answer in self._storing.pop(id):
            self._settle(item, answer)

    def tick(self, now: float) -> None:
        """Take in that time passed."""
        for queue in self._shapes.queues:
            due = self._due(queue.oldest)
            if due is not None and due <= now:
                for pack in queue.close():
                    self._ready(pack)

    def _due(self, oldest: float | None) -> float | None:
        """Return when a question is sent at the latest, in a live stream: when it falls silent, or has gone on long."""
        linger = self.settings.linger
        if linger is None or oldest is None:
            return None
        longest = oldest + _LINGERS * linger
        return longest if self._silent_since is None else min(longest, self._silent_since + linger)

    def actions(self, now: float) -> list[Action]:
        """Return what is to be done now."""
        for lane in self._shapes.lanes.values():
            self._send(lane, now)
        out, self._out = self._out, []
        if self._resumed:
            out.append(Resume(self._resumed))
            self._resumed = []
        return out

    def wake_at(self, now: float) -> float | None:
        """Return when `tick` is wanted if nothing else happens."""
        times = [at for lane in self._shapes.lanes.values() if (at := self._next(lane, now)) is not None]
        times += [due for queue in self._shapes.queues if (due := self._due(queue.oldest)) is not None]
        return min(times, default=None)

    @property
    def is_idle(self) -> bool:
        """Tell whether nobody waits for an answer."""
        return not self._waiting and not self._looking and not self._resumed

    # --- to be sent -------------------------------------------------------------------------------

    def _admit(self, items: list[Item]) -> None:
        """Let items into the packs."""
        touched = {}
        for item in items:
            shape, request = item.shape, item.request
            lane = shape.lane
            refusal = lane.dead_for(shape.target.model)
            if refusal is not None:
                self._fail(item, refusal.message or refusal.kind)
                continue
            text = request.input
            provider = shape.target.provider
            tokens = provider.count_tokens(text) if isinstance(text, str) else 0
            most = shape.caps.input_tokens
            if most is not None and tokens > most:
                self._fail(item, f"the input has about {tokens} tokens, {most} are allowed")
                continue
            self._ids += 1
            item.ask = Ask(self._ids, request, shape.target.model, shape.options, tokens)
            item.size = size_of(text)
            shape.counts.sent += 1
            for pack in shape.queue.add(item):
                self._ready(pack)
            if not shape.queue.waits:
                touched[id(shape.queue)] = shape.queue
        for queue in touched.values():
            for pack in queue.close():
                self._ready(pack)

    def _ready(self, pack: Pack) -> None:
        self._enqueue(pack.items)

    def _enqueue(self, items: list[Item], attempts: int = 0, bisection: Bisection | None = None) -> None:
        """Make a call of items that share a target, to be sent as soon as may be."""
        shape = items[0].shape
        lane = shape.lane
        refusal = lane.dead_for(shape.target.model)
        if refusal is not None:
            for item in items:
                self._fail(item, refusal.message or refusal.kind)
            return
        self._ids += 1
        tokens = sum(item.ask.tokens for item in items) + sum(item.shape.overhead for item in _first_of_each(items))
        weight = len(items) if shape.caps.pace_by == "inputs" else 1
        lane.calls.append(Call(self._ids, items, tokens, weight, attempts, bisection=bisection))

    def _send(self, lane: Lane, now: float) -> None:
        """Send what may be sent."""
        while lane.later and lane.later[0][0] <= now:
            lane.calls.appendleft(heappop(lane.later)[2])
        if lane.given_up is not None and lane.pacer.blocked_until - now > self.settings.patience:
            self._give_up(lane, lane.given_up)
        while lane.calls:
            call = lane.calls[0]
            at = lane.pacer.when(call.weight, call.tokens, now)
            if at is None or at > now:
                return
            shape = call.items[0].shape
            if not shape.target.provider.is_local:
                why_not = self._reserve(call)
                if why_not is not None:
                    if self.budget.may_be_freed:
                        return
                    lane.calls.popleft()
                    before = f" (before that: {call.refused})" if call.refused else ""
                    for item in call.items:
                        self._fail(item, why_not + before)
                    continue
            lane.calls.popleft()
            counts = self.report.model(call.items[0].shape.target.name)
            counts.requests += 1
            counts.inputs += len(call.items)
            counts.retries += call.attempts > 0
            call.attempts += 1
            call.sent_at = now
            call.begun_at = call.begun_at or now
            lane.pacer.sent(call.weight, call.tokens)
            self._flying[call.id] = (lane, call)
            keys = [item.key for item in call.items] if shape.keeps else ()
            self._out.append(Send(call.id, [item.ask for item in call.items], shape.target, keys))

    def _reserve(self, call: Call) -> str | None:
        """Set aside what a call may cost, or tell why it may not be sent."""
        price = call.items[0].shape.target.price
        amount = 0.0
        if price is not None:
            amount = most_cost(price, call.tokens, sum(answer_bound(item.ask) for item in call.items))
        elif self.settings.stops.cost is not None:
            return "its price is not known, so the cost cannot be limited"
        why_not = self.budget.why_not(amount)
        if why_not is None:
            self.budget.reserve(amount)
            call.reserved = amount
        return why_not

    def _next(self, lane: Lane, now: float) -> float | None:
        times = [lane.later[0][0]] if lane.later else []
        if lane.calls:
            at = lane.pacer.when(lane.calls[0].weight, lane.calls[0].tokens, now)
            if at is not None and at > now:
                times.append(at)
        return min(times, default=None)

    # --- answers ----------------------------------------------------------------------------------

    def _take(self, lane: Lane, call: Call, reply: Reply, now: float) -> None:
        """Take what a call was answered: each item for itself."""
        if call.bisection is not None:
            call.bisection.successes += 1
        answered: list[tuple[Item, Any]] = []
        again: list[Item] = []
        for item in call.items:
            refused = reply.refusals.get(item.ask.id)
            if refused is not None and refused.kind not in _TRANSIENT:
                self._fail(item, refused.message or refused.kind)
                continue
            answer = _NONE if refused is not None else reply.answers.get(item.ask.id, _NONE)
            if answer is _NONE:
                again.append(item)
                continue
            problem = problem_with(item.request, answer)
            if problem is None:
                answered.append((item, answer))
            elif item.ask.note is None:
                tokens = item.ask.tokens + item.shape.target.provider.count_tokens(problem) + _NOTE
                item.ask = replace(item.ask, note=problem, tokens=tokens)
                item.shape.counts.reasked += 1
                self._enqueue([item])
            else:
                self._fail(item, f"its answer makes no sense: {problem}")
        if answered:
            self._ids += 1
            self._storing[self._ids] = answered
            # What a store finds is true only for now: it is not kept for later runs.
            kept = [_entry(item, answer) for item, answer in answered if item.request.kind != "search"]
            self._out.append(Store(self._ids, kept, call.id))
        if again:
            self._ask_again(call, again)

    def _ask_again(self, call: Call, items: list[Item]) -> None:
        """Ask for what an answer left out: together once, then each alone."""
        if call.attempts >= items[0].shape.target.attempts:
            for item in items:
                self._fail(item, "the provider leaves its answer out")
            return
        for item in items:
            item.shape.counts.reasked += 1
        for part in [items] if call.attempts < 2 else [[item] for item in items]:
            self._enqueue(part, call.attempts)

    def _settle(self, item: Item, answer: Any) -> None:
        """Hand an answer to all who wait for it."""
        del self._waiting[item.key]
        self._memory.put(item.key, answer)
        self._resumed += [(token, answer) for token in item.waiters]

    def _fail(self, item: Item, reason: str) -> None:
        """Tell all who wait for an answer that there is none; each gets an exception of its own."""
        del self._waiting[item.key]
        item.shape.counts.failed += len(item.waiters)
        message = f"{item.shape.target.name}: {reason}"
        self._resumed += [(token, FunctionError(message)) for token in item.waiters]

    # --- refusals ---------------------------------------------------------------------------------

    def _refused(self, lane: Lane, call: Call, refusal: Refusal, blocked_until: float, now: float) -> None:
        call.refused = refusal.message or refusal.kind
        if refusal.kind in _BUSY:
            self._busy(lane, call, refusal, blocked_until, now)
        elif refusal.kind in _TRANSIENT:
            self._try_again(lane, call, refusal, now)
        elif refusal.kind in _FINAL:
            model = call.items[0].shape.target.model
            lane.close(refusal, model)
            lane.calls.append(call)
            self._give_up(lane, refusal, model if refusal.kind == "model" else None)
        elif len(call.items) == 1:
            if call.bisection is not None:
                call.bisection.refusals += 1
            self._fail(call.items[0], refusal.message or refusal.kind)
        else:
            self._bisect(call, refusal)

    def _busy(self, lane: Lane, call: Call, refusal: Refusal, blocked_until: float, now: float) -> None:
        """Wait as long as the provider says; the calls that were under way together count as one attempt."""
        if call.sent_at < blocked_until:
            call.attempts -= 1
        pacer = lane.pacer
        seconds = refusal.retry_after
        if seconds is None:
            seconds = wait_before(pacer.refusals + 1, self._random)
        pacer.refused(seconds, call.sent_at, now)
        patience = self.settings.patience
        since = now if pacer.refused_since is None else pacer.refused_since
        is_lasting = call.attempts >= call.items[0].shape.target.attempts and now - since >= patience
        lane.calls.appendleft(call)
        if is_lasting or seconds > patience or lane.given_up is not None:
            lane.given_up = refusal
            self._give_up(lane, refusal)

    def _try_again(self, lane: Lane, call: Call, refusal: Refusal, now: float) -> None:
        """Try a call again after a while, if it was not tried too often."""
        if refusal.kind != "malformed":
            lane.pacer.slowed(call.sent_at, now)
        is_lost = lane.given_up is not None and refusal.kind == "connection"
        if call.attempts < call.items[0].shape.target.attempts and not is_lost:
            wait = max(wait_before(call.attempts, self._random), refusal.retry_after or 0.0)
            heappush(lane.later, (now + wait, call.id, call))
        elif refusal.kind == "connection" and lane.answered_at < call.begun_at:
            lane.given_up = refusal
            lane.calls.append(call)
            self._give_up(lane, refusal)
        elif len(call.items) > 1:
            self._bisect(call, refusal)
        else:
            self._fail(call.items[0], refusal.message or refusal.kind)

    def _bisect(self, call: Call, refusal: Refusal) -> None:
        """Send the halves of a call in which something is bad."""
        bisection = call.bisection or Bisection(len(call.items))
        bisection.refusals += 1
        if bisection.is_hopeless:
            for item in call.items:
                self._fail(item, refusal.message or refusal.kind)
            return
        attempts = max(0, call.attempts - _ATTEMPTS_OF_HALVES) if refusal.kind in _TRANSIENT else 0
        for part in halves(call.items):
            self._enqueue(part, attempts, bisection)

    def _give_up(self, lane: Lane, refusal: Refusal, model: str | None = None) -> None:
        """Fail everything that waits for a key (and model, if one is given)."""
        kept: deque[Call] = deque()
        later = [entry[2] for entry in lane.later]
        for waiting in (*lane.calls, *later):
            if model is not None and waiting.items[0].shape.target.model != model:
                kept.append(waiting)
                continue
            for item in waiting.items:
                self._fail(item, refusal.message or refusal.kind)
        lane.calls, lane.later = kept, []


def _entry(item: Item, answer: Any) -> CacheEntry:
    return CacheEntry(item.key, item.request.task, item.shape.target.name, answer)


def _first_of_each(items: list[Item]) -> list[Item]:
    """Return an item of each shape: a prompt is sent once for all of its inputs."""
    return list({id(item.shape): item for item in items}.values())
