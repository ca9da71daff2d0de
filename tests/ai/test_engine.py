"""What the engine does in single situations, in simulated time."""

from __future__ import annotations

from math import ceil, log2

import pytest

from dtl.ai.accounting.budget import Stops
from dtl.ai.provider import Caps, Refusal, Reply
from dtl.ai.run_settings import RunSettings
from dtl.values.errors import FunctionError
from tests.ai.world import POISON, World, chat, embed, judged, right_reply, told

LARGE = Caps(2048, 300_000, fuses=True)


def answer_all(world: World) -> None:
    """Answer what is under way, and write the journal."""
    for id in list(world.flying):
        world.answer(id, right_reply(world.flying[id].asks))
    world.store()


def test_equal_questions_are_one_and_all_share_a_call() -> None:
    world = World.of(LARGE)
    world.ask(embed(f"number {number % 1000}") for number in range(2000))
    assert world.sent == 0
    world.flush()
    assert [len(send.asks) for send in world.flying.values()] == [1000]
    answer_all(world)
    world.check_results(may_fail=False)
    world.ask([embed("number 1")])
    assert world.sent == 1, "what was answered is known"


def test_calls_are_as_few_as_the_caps_allow() -> None:
    world = World.of(Caps(100, 100_000))
    world.ask(embed(f"{number}") for number in range(1050))
    assert world.sent == 8, "no more than that many at a time, before anything is known"
    world.finish()
    assert world.sent == ceil(1050 / 100)


def test_items_that_do_not_fit_wait_for_smaller_ones() -> None:
    world = World.of(Caps(100, 100))
    world.ask(embed("x" * 60 + str(number)) for number in range(3))
    world.ask(embed("y" * 30 + str(number)) for number in range(3))
    world.finish()
    assert world.sent == 3


def test_a_poisoned_item_is_found_by_halving() -> None:
    world = World.of(LARGE)
    texts = [f"text {number}" for number in range(8, 23)] + ["text 7"]
    world.ask(map(embed, texts))
    world.finish()
    assert world.sent <= 2 * ceil(log2(len(texts))) + 1
    failed = [token for token, result in world.results.items() if isinstance(result, FunctionError)]
    assert [world.asked[token].input for token in failed] == ["text 7"]
    assert "an input cannot be read" in world.results[failed[0]].message


def test_a_call_in_which_everything_is_bad_is_not_halved_to_the_end() -> None:
    world = World.of(LARGE)
    world.ask(embed(f"number {number}") for number in range(2000))
    world.flush()
    while world.flying:
        for id in list(world.flying):
            world.answer(id, Reply(refusal=Refusal("invalid", "no such parameter")))
    assert world.sent < 100
    assert len(world.results) == 2000


@pytest.mark.parametrize("kind", ["quota", "auth", "model"])
def test_what_cannot_come_right_is_not_tried_again(kind: str) -> None:
    world = World.of(Caps(1))
    world.ask(embed(f"text {number}") for number in range(30))
    first, *others = list(world.flying)
    world.answer(first, Reply(refusal=Refusal(kind, "no more money")))  # type: ignore[arg-type]
    sent = world.sent
    for id in others:
        world.answer(id, judged(world.flying[id].asks))
    world.finish()
    world.ask([embed("text 35")])
    assert world.sent == sent, "nothing was sent after that"
    assert world.results.keys() == world.asked.keys()
    failed = [result for result in world.results.values() if isinstance(result, FunctionError)]
    assert all("plain m: " in result.message for result in failed)


def test_nothing_is_sent_until_retry_after_is_over_and_then_one_call_first() -> None:
    world = World.of(Caps(1))
    world.ask(embed(f"text {number}") for number in range(20))
    refused = list(world.flying)
    for id in refused:
        world.answer(id, Reply(refusal=Refusal("rate_limit", "slow down", 3.0)))
    assert not world.flying
    world.pass_time(2.9)
    assert not world.flying
    world.pass_time(0.2)
    assert len(world.flying) == 1
    answer_all(world)
    assert len(world.flying) > 1


def test_headers_bound_what_is_under_way() -> None:
    world = World.of(Caps(1))
    world.ask(embed(f"word {number}") for number in range(300))
    first = next(iter(world.flying))
    world.answer(first, right_reply(world.flying[first].asks), told(120, 112, 6.0))
    assert len(world.flying) <= 112
    left = 112
    while world.flying:
        id = next(iter(world.flying))
        left -= 1
        world.answer(id, right_reply(world.flying[id].asks), told(120, max(0, left), 6.0))
        assert world.sent <= 120
    assert world.sent >= 100
    world.pass_time(6.0)
    assert world.flying


def test_the_answer_is_seen_only_when_it_is_safe() -> None:
    world = World.of(LARGE)
    world.ask([embed("text 1")])
    world.flush()
    (id,) = world.flying
    world.answer(id, right_reply(world.flying[id].asks))
    assert not world.results
    world.store()
    assert world.results


def test_a_second_run_asks_for_what_is_new_only() -> None:
    world = World.of(LARGE, RunSettings(looks_up=True))
    world.ask(embed(f"text {number}") for number in range(50) if f"text {number}" not in POISON)
    world.finish()
    second = World.of(LARGE, RunSettings(looks_up=True))
    second.kept = world.kept
    second.ask(embed(text) for text in ("new", "text 1", "text 2"))
    second.flush()
    assert [[ask.request.input for ask in send.asks] for send in second.flying.values()] == [["new"]]


def test_tasks_about_one_text_share_a_call_if_they_come_together() -> None:
    world = World.of(LARGE)
    world.ask([chat("text 1", task) for task in ("say", "sum up", "judge")] + [chat("text 2")])
    assert sorted(len(send.asks) for send in world.flying.values()) == [1, 3]
    answer_all(world)
    world.check_results(may_fail=False)


def test_a_broken_answer_is_asked_again_once_with_the_reason() -> None:
    world = World.of(LARGE)
    world.ask([chat("text 1")])
    for attempt in range(2):
        (id,) = world.flying
        (ask,) = world.flying[id].asks
        assert (ask.note is None) is (attempt == 0)
        world.answer(id, Reply({ask.id: {"wrong": 1}}))
    assert "has no 'said'" in world.results[0].message
    assert not world.flying


def test_what_is_left_out_is_asked_again_alone() -> None:
    world = World.of(LARGE)
    world.ask(map(embed, ("text 1", "text 2", "text 3")))
    world.flush()
    (id,) = world.flying
    first, *others = world.flying[id].asks
    reply = right_reply(others)
    world.answer(id, Reply({**reply.answers, 12345: [0.5]}))
    (id,) = world.flying
    assert world.flying[id].asks == [first]
    world.finish()
    world.check_results(may_fail=False)


def test_a_provider_that_cannot_be_reached_is_given_up_for_all() -> None:
    world = World.of(Caps(1))
    world.ask(embed(f"text {number}") for number in range(100))
    while not world.engine.is_idle:
        for id in list(world.flying):
            world.answer(id, Reply(refusal=Refusal("connection", "refused")))
        at = world.engine.wake_at(world.now)
        if at is not None:
            world.pass_time(max(0.001, at - world.now))
    assert world.now < 200
    assert world.sent <= 8 * 4 + 8
    assert "plain m: refused" in world.results[99].message


def test_a_wait_beyond_patience_fails_at_once() -> None:
    world = World.of(Caps(1))
    world.ask([embed("text 1"), embed("text 2")])
    first, second = world.flying
    world.answer(first, Reply(refusal=Refusal("rate_limit", "come back tomorrow", 3600.0)))
    assert isinstance(world.results[0], FunctionError)
    world.answer(second, judged(world.flying[second].asks))


def test_hard_stops_are_kept_by_calls_under_way_too() -> None:
    world = World.of(Caps(1), RunSettings(stops=Stops(requests=5)))
    world.ask(embed(f"text {number}") for number in range(10))
    world.finish()
    assert world.sent == 5
    assert sum(isinstance(result, FunctionError) for result in world.results.values()) == 5
    assert any("no more than 5 requests" in str(result) for result in world.results.values())


def test_an_unknown_model_is_an_error_of_the_record() -> None:
    world = World.of(LARGE)
    world.ask([embed("text 1").__class__("embed", "embed", "unknown", "text 1")])
    assert 'no model is called "unknown"' in world.results[0].message


@pytest.mark.parametrize(
    ("silent_after", "asks_again_after", "sent_after"),
    [(0.1, None, 0.3), (0.1, 0.2, 4.0), (None, None, 4.0), (None, 3.9, 4.0)],
)
def test_a_live_stream_waits_for_a_silence_but_not_for_ever(
    silent_after: float | None, asks_again_after: float | None, sent_after: float
) -> None:
    world = World.of(LARGE, RunSettings(linger=0.2))
    begun = world.now
    world.ask([embed("text 1")])
    for tenth in range(1, 50):
        world.pass_time(begun + tenth / 10 - world.now)
        if world.flying:
            break
        if silent_after is not None and (tenth == 1 or asks_again_after is None):
            world.engine.silent(world.now)
        if asks_again_after == tenth / 10:
            world.ask([embed("text 2")])
    assert world.now - begun == pytest.approx(sent_after)


def test_a_call_that_is_not_on_its_way_yet_is_taken_back_after_a_refusal() -> None:
    world = World.of(Caps(1), RunSettings(stops=Stops(requests=4)))
    world.ask([embed("text 1"), embed("text 2")])
    first, second = world.flying
    assert not world.engine.recall(second, world.now)
    world.answer(first, Reply(refusal=Refusal("rate_limit", "slow down", 3.0)))
    assert world.engine.recall(second, world.now)
    world.flying.pop(second)
    world.act()
    assert not world.flying
    world.finish()
    world.check_results(may_fail=False)
    assert world.engine.report.to_data()["total"]["requests"] == 3
