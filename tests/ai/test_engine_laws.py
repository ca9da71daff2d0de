"""The laws of the engine under every order of questions, answers, faults and time."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dtl.ai.accounting.budget import Stops
from dtl.ai.provider import Caps, Refusal, Reply
from dtl.ai.run_settings import RunSettings
from tests.ai.world import WORDS, World, chat, embed, judged, right_answer

_REQUESTS = st.one_of(
    st.builds(embed, st.sampled_from(WORDS)),
    st.builds(chat, st.sampled_from(WORDS[:10]), st.sampled_from(["say", "sum up", "judge"])),
)
_TRANSIENT = st.sampled_from(["server", "timeout", "connection", "malformed"])


class Run(RuleBasedStateMachine):
    """Somebody asks, somebody answers, time passes, in any order."""

    world: World
    may_fail: bool

    @initialize(
        inputs=st.integers(1, 9),
        tokens=st.sampled_from([None, 20, 60]),
        fuses=st.booleans(),
        linger=st.sampled_from([None, 0.5]),
        looks_up=st.booleans(),
        cost=st.sampled_from([None, None, 0.0005]),
        requests=st.sampled_from([None, None, 8]),
    )
    def begin(self, inputs: int, tokens: int | None, fuses: bool, linger: float | None, looks_up: bool,
              cost: float | None, requests: int | None) -> None:  # fmt: skip
        self.stops = Stops(cost, requests)
        self.world = World.of(
            Caps(inputs, tokens, fuses=True),
            RunSettings(self.stops, fuses, linger, patience=5.0, looks_up=looks_up),
        )
        self.may_fail = cost is not None or requests is not None
        self.fuses = fuses

    @rule(requests=st.lists(_REQUESTS, max_size=12))
    def ask(self, requests: list[Any]) -> None:
        self.world.ask(requests)

    @rule(is_over=st.booleans())
    def flush(self, is_over: bool) -> None:
        self.world.flush(is_over)

    @rule(seconds=st.floats(0.001, 3.0))
    def wait(self, seconds: float) -> None:
        self.world.pass_time(seconds)

    @rule()
    def fall_silent(self) -> None:
        self.world.engine.silent(self.world.now)

    @rule()
    def store(self) -> None:
        self.world.store()

    @precondition(lambda self: self.world.flying)
    @rule(which=st.integers(0), dropped=st.sets(st.integers(0, 8), max_size=3), foreign=st.booleans())
    def answer(self, which: int, dropped: set[int], foreign: bool) -> None:
        """Answer a call; items may be missing, and there may be some that nobody asked for."""
        send = self._flying(which)
        reply = judged(send.asks)
        answers = {ask.id: reply.answers[ask.id] for index, ask in enumerate(send.asks)
                   if ask.id in reply.answers and index not in dropped}  # fmt: skip
        if dropped:
            self.may_fail = True  # left out too often, it fails
        if foreign:
            answers[10**9] = right_answer(embed("what nobody asked"))
        self.world.answer(send.id, Reply(answers, reply.refusal, {}, reply.usage))

    @precondition(lambda self: self.world.flying)
    @rule(which=st.integers(0))
    def answer_nonsense(self, which: int) -> None:
        """Answer with what does not follow the schema: asked again once, then it fails."""
        send = self._flying(which)
        if send.asks[0].request.kind == "chat":
            self.may_fail = True
            self.world.answer(send.id, Reply({ask.id: {"says": 1} for ask in send.asks}))

    @precondition(lambda self: self.world.flying)
    @rule(which=st.integers(0), seconds=st.one_of(st.none(), st.floats(0.01, 4.0)))
    def refuse_for_rate(self, which: int, seconds: float | None) -> None:
        self.may_fail = True  # refused for longer than patience lasts
        self.world.answer(self._flying(which).id, Reply(refusal=Refusal("rate_limit", "slow down", seconds)))

    @precondition(lambda self: self.world.flying)
    @rule(which=st.integers(0), kind=_TRANSIENT)
    def break_off(self, which: int, kind: Any) -> None:
        self.may_fail = True  # broken off too often, it fails
        self.world.answer(self._flying(which).id, Reply(refusal=Refusal(kind, "broken")))

    def _flying(self, which: int) -> Any:
        ids = sorted(self.world.flying)
        return self.world.flying[ids[which % len(ids)]]

    @invariant()
    def hard_stops_hold(self) -> None:
        if hasattr(self, "world"):
            budget = self.world.engine.budget
            if self.stops.requests is not None:
                assert self.world.sent <= self.stops.requests
            if self.stops.cost is not None:
                assert budget.spent <= self.stops.cost + 1e-12

    @invariant()
    def fused_only_if_allowed(self) -> None:
        if hasattr(self, "world") and not self.fuses:
            for send in self.world.flying.values():
                assert send.asks[0].request.kind != "chat" or len(send.asks) == 1

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.finish()
            self.world.check_results(self.may_fail)


TestRun = Run.TestCase
TestRun.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
