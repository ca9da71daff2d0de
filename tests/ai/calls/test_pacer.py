"""The pacer keeps to windows and to buckets, without being told which of them a provider has."""

from __future__ import annotations

import pytest

from dtl.ai.calls.pacer import Pacer
from dtl.ai.provider import Bucket, Limits
from tests.support.model_server.budgets import Budgets

LIMIT = 120
SPAN = 6.0
TRIP = 0.05


def paced(kind: str, count: int, remaining_calls: int = 128) -> tuple[list[float], int]:
    """Send calls to a budget as quickly as the pacer allows, in simulated time.

    Returns:
        When each was accepted, and how many were refused.
    """
    budgets = Budgets(kind, SPAN, {"requests": LIMIT})
    pacer = Pacer(most=remaining_calls)
    flying: list[tuple[float, float, Limits]] = []
    accepted: list[float] = []
    refused = sent = 0
    now = 0.0
    while sent < count:
        while flying and flying[0][0] <= now:
            _, sent_at, limits = flying.pop(0)
            pacer.landed(1, 0, limits, sent_at, now, counted=True)
            pacer.succeeded()
        at = pacer.when(1, 0, now)
        # Before the first answer nothing is known of the provider: the engine sends few calls then.
        may_send = at is not None and at <= now and (len(flying) < 8 or pacer.requests.limit is not None)
        if may_send:
            arrived = now + TRIP / 2
            if budgets.take({"requests": 1}, arrived) > 0:
                refused += 1
            else:
                accepted.append(arrived)
            state = budgets.states(arrived)["requests"]
            told = Limits(Bucket(state.limit, state.remaining, state.reset))
            flying.append((now + TRIP, now, told))
            pacer.sent(1, 0)
            sent += 1
            now += 0.0005
            continue
        nexts = [flying[0][0]] if flying else []
        if at is not None and at > now:
            nexts.append(at)
        now = min(nexts)
    return accepted, refused


@pytest.mark.parametrize("kind", ["window", "bucket"])
@pytest.mark.parametrize("count", [100, 200, 500, 1000])
def test_nothing_is_refused_whatever_kind_of_budget_it_is(kind: str, count: int) -> None:
    accepted, refused = paced(kind, count)
    assert (len(accepted), refused) == (count, 0)


def test_a_window_is_used_to_the_full() -> None:
    accepted, _ = paced("window", 5 * LIMIT)
    assert accepted[-1] <= 4 * (SPAN + 2 * TRIP) + 0.5


def test_a_bucket_is_used_as_it_fills() -> None:
    accepted, _ = paced("bucket", 5 * LIMIT)
    assert accepted[-1] <= 4 * SPAN * 1.1 + 0.5


def test_room_comes_back_use_by_use() -> None:
    pacer = Pacer()
    for number, now in enumerate((0.0, 1.0, 2.0)):
        pacer.sent(1, 0)
        pacer.landed(1, 0, Limits(Bucket(3, 2 - number, 6.0)), now, now, counted=True)
    assert pacer.when(1, 0, 2.0) == 6.0
    assert pacer.when(1, 0, 6.0) == 6.0
    assert pacer.when(3, 0, 2.0) == 8.0
