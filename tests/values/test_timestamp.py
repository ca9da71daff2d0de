"""Instants, the calendar, and timestamp literals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values.calendar import civil_from_days, days_from_civil, days_in_month, iso_week, iso_weeks_in_year, weekday
from dtl.values.timestamp import InvalidTimestamp, Timestamp, from_civil, parse_literal
from tests.values.strategies import timestamps


@given(st.dates())
def test_the_calendar_is_pythons(day: date) -> None:
    days = days_from_civil(day.year, day.month, day.day)
    assert days == (day - date(1970, 1, 1)).days
    assert civil_from_days(days) == (day.year, day.month, day.day)
    assert weekday(days) == day.weekday()
    assert iso_week(days) == day.isocalendar()[:2]


@given(st.integers(-100_000_000, 100_000_000))
def test_every_day_has_a_date(days: int) -> None:
    year, month, day = civil_from_days(days)
    assert 1 <= day <= days_in_month(year, month)
    assert days_from_civil(year, month, day) == days


@given(st.integers(1, 9_998))
def test_iso_years_have_52_or_53_weeks(year: int) -> None:
    assert iso_weeks_in_year(year) == date(year, 12, 28).isocalendar().week


@given(timestamps)
def test_text_there_and_back(timestamp: Timestamp) -> None:
    assert parse_literal(timestamp.to_rfc3339()) == timestamp


@given(st.datetimes(timezones=st.just(UTC)))
def test_datetimes_there_and_back(moment: datetime) -> None:
    assert Timestamp.from_datetime(moment).to_datetime() == moment
    assert Timestamp.from_nanos(Timestamp.from_datetime(moment).total_nanos).to_datetime() == moment


def test_datetimes_of_other_zones() -> None:
    moment = datetime(2000, 1, 1, 12, tzinfo=timezone(-timedelta(hours=3, minutes=30)))
    assert Timestamp.from_datetime(moment) == from_civil(2000, 1, 1, 15, 30)
    assert Timestamp.from_datetime(datetime(2000, 1, 1)) == from_civil(2000, 1, 1)


def test_order_is_that_of_time() -> None:
    ordered = [Timestamp(-1, 999), Timestamp(0), Timestamp(0, 1), Timestamp(0, 1_500_000_000), Timestamp(1)]
    assert sorted(reversed(ordered)) == ordered
    assert len({*ordered, Timestamp(0, 1)}) == 5


def test_now_is_not_long_ago() -> None:
    assert abs(Timestamp.now().to_datetime() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("timestamp", "text"),
    [
        (from_civil(1999, 12, 31, 23, 59, 59, 999_999_999), "1999-12-31T23:59:59.999999999Z"),
        (from_civil(2000, 2, 29, nanos=20_000_000), "2000-02-29T00:00:00.020Z"),
        (from_civil(2000, 2, 29, nanos=20_000), "2000-02-29T00:00:00.000020Z"),
        (from_civil(1969, 12, 31, 23, 59, 59), "1969-12-31T23:59:59Z"),
        (from_civil(9999, 12, 31, 23, 59, 59), "9999-12-31T23:59:59Z"),
        (from_civil(10_000, 1, 1), "+10000-01-01T00:00:00Z"),
        (from_civil(0, 1, 1), "0000-01-01T00:00:00Z"),
        (from_civil(-44, 3, 15), "-0044-03-15T00:00:00Z"),
        (from_civil(1998, 12, 31, 23, 59, 59, 1_500_000_000), "1998-12-31T23:59:60.500Z"),
    ],
)
def test_text(timestamp: Timestamp, text: str) -> None:
    assert timestamp.to_rfc3339() == text


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("1999-1-2T3:4:5Z", "1999-01-02T03:04:05Z"),
        ("1999-01-02 03:04:05.5 utc", "1999-01-02T03:04:05.500Z"),
        ("1999-01-02t03:04:05z ", "1999-01-02T03:04:05Z"),
        (" 1999 - 01-02T03 : 04:05-0130", "1999-01-02T04:34:05Z"),
        ("1999-01-02T03:04:05 \N{MINUS SIGN}01 : 30", "1999-01-02T04:34:05Z"),
        ("1999-01-02T03:04:05.1234567899999Z", "1999-01-02T03:04:05.123456789Z"),
        ("+98765-01-01T00:00:00Z", "+98765-01-01T00:00:00Z"),
        ("-1-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"),
        ("1998-12-31T23:59:60Z", "1998-12-31T23:59:60Z"),
    ],
)
def test_literals(literal: str, text: str) -> None:
    assert parse_literal(literal).to_rfc3339() == text


@pytest.mark.parametrize(
    ("literal", "reason"),
    [
        ("", "premature end of input"),
        ("soon", "input contains invalid characters"),
        ("1999-01-02", "premature end of input"),
        ("1999-01-02T03:04Z", "input contains invalid characters"),
        ("1999-01-02T03:04:05", "premature end of input"),
        ("1999-01-02T03:04:05+01", "premature end of input"),
        ("1999-01-02T03:04:05+01:60", "input is out of range"),
        ("1999-01-02T03:04:05+24:00", "input is out of range"),
        ("1999-13-02T03:04:05Z", "input is out of range"),
        ("1999-02-29T03:04:05Z", "input is out of range"),
        ("1999-01-02T03:04:05Zulu", "trailing input"),
        ("+262143-01-01T00:00:00Z", "input is out of range"),
        ("1999-01-02T03:04:05.Z", "input contains invalid characters"),
    ],
)
def test_what_is_no_literal(literal: str, reason: str) -> None:
    with pytest.raises(InvalidTimestamp) as problem:
        parse_literal(literal)
    assert str(problem.value) == reason
