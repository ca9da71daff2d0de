"""Waits and budgets are read in every form that services write them."""

from __future__ import annotations

import pytest

from dtl.ai.http import waits
from dtl.ai.provider import Bucket, HttpProvider
from dtl.ai.providers import make_provider
from tests.ai.providers.asks import entry

pytest.importorskip("yaml", reason="PyYAML is not installed")
NOON = 1_767_268_800.0  # 2026-01-01T12:00:00Z


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Thu, 01 Jan 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "1m30s"}, 90.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert waits.retry_after(headers, NOON) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12ms", 0.012),
        ("6m0s", 360.0),
        ("1.5s", 1.5),
        ("1h2m3s", 3723.0),
        ("7", 7.0),
        ("", None),
        ("6x", None),
        ("s", None),
    ],
)
def test_durations(text: str, seconds: float | None) -> None:
    assert waits.duration(text) == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-01-01T12:00:05Z", 5.0),
        ("2026-01-01T13:00:00+01:00", 0.0),
        (str(NOON + 4), 4.0),
        ("10", 10.0),
        ("x", None),
    ],
)
def test_moments(text: str, seconds: float | None) -> None:
    assert waits.until(text, NOON) == seconds


def provider(name: str) -> HttpProvider:
    """Return a provider with a key."""
    made = make_provider(entry(provider=name, model="m", api_key="k"), lambda text: None)
    assert isinstance(made, HttpProvider)
    return made


def test_openai_tells_budgets_in_headers() -> None:
    made = provider("openai")
    limits = made.limits(
        {
            "x-ratelimit-limit-requests": "100",
            "x-ratelimit-remaining-requests": "99",
            "x-ratelimit-reset-requests": "600ms",
            "x-ratelimit-limit-tokens": "-1",
            "x-ratelimit-remaining-tokens": "-1",
            "x-ratelimit-limit-project-tokens": "5000",
            "x-ratelimit-remaining-project-tokens": "4000",
            "x-ratelimit-reset-project-tokens": "6m0s",
        }
    )
    assert limits.requests == Bucket(100, 99, 0.6)
    assert limits.tokens == Bucket(5000, 4000, 360.0)


def test_a_budget_that_is_not_told_is_not_known() -> None:
    made = provider("openai")
    assert made.limits({"x-ratelimit-limit-tokens": "-1"}).tokens is None
    assert made.limits({}).requests is None


def test_anthropic_tells_budgets_in_headers() -> None:
    made = provider("anthropic")
    limits = made.limits(
        {
            "anthropic-ratelimit-requests-limit": "50",
            "anthropic-ratelimit-requests-remaining": "0",
            "anthropic-ratelimit-requests-reset": "2020-01-01T00:00:00Z",
            "anthropic-ratelimit-input-tokens-limit": "1000",
            "anthropic-ratelimit-input-tokens-remaining": "10",
        }
    )
    assert limits.requests == Bucket(50, 0, 0.0)
    assert limits.tokens == Bucket(1000, 10, None)
