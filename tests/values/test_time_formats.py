"""Timestamps in formats, and zones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values import strftime, strptime
from dtl.values.strftime import InvalidFormat, format_timestamp
from dtl.values.strptime import parse_timestamp
from dtl.values.time_format import read_format
from dtl.values.timestamp import InvalidTimestamp, Timestamp, from_civil, parse_literal
from dtl.values.zone import UTC, UnknownZone, find_zone
from tests.values.strategies import timestamps

MARCH = from_civil(2024, 3, 9, 17, 5, 7, 60_000_000)


@pytest.mark.parametrize(
    ("format_text", "text"),
    [
        ("%Y %C %y %G %g %q", "2024 20 24 2024 24 1"),
        ("%m %b %h %B", "03 Mar Mar March"),
        ("%d|%e|%-d|%_d|%0e|%j", "09| 9|9| 9|09|069"),
        ("%a %A %w %u %U %W %V", "Sat Saturday 6 6 09 10 10"),
        ("%D %x %F %v", "03/09/24 03/09/24 2024-03-09  9-Mar-2024"),
        ("%H %k %I %l %P %p %M %S", "17 17 05  5 pm PM 05 07"),
        ("%R %T %X %r", "17:05 17:05:07 17:05:07 05:05:07 PM"),
        ("%f %.f %.3f %.6f %.9f %3f %6f %9f", "060000000 .060 .060 .060000 .060000000 060 060000 060000000"),
        ("%Z %z %:z %::z %:::z", "UTC +0000 +00:00 +00:00:00 +00"),
        ("%c", "Sat Mar  9 17:05:07 2024"),
        ("%+", "2024-03-09T17:05:07.060+00:00"),
        ("%s {%%}%t%n", "1710003907 {%}\t\n"),
        ("%-H:%-M:%-S %_H %_M %-j %_j %0s", "17:5:7 17  5 69  69 1710003907"),
        ("é %Y", "é 2024"),
        ("", ""),
    ],
)
def test_writing(format_text: str, text: str) -> None:
    assert format_timestamp(MARCH, format_text) == text


@pytest.mark.parametrize("format_text", ["%", "%Q", "%1f", "%.4f", "%-b", "%_D", "%::", "%#z", "%E", "%-", "x%"])
def test_what_cannot_be_written(format_text: str) -> None:
    with pytest.raises(InvalidFormat, match="invalid format"):
        format_timestamp(MARCH, format_text)


def test_years_beyond_four_digits_and_leap_seconds() -> None:
    assert format_timestamp(from_civil(12_345, 1, 1), "%Y %F %+ %v") == (
        "+12345 +12345-01-01 +12345-01-01T00:00:00+00:00  1-Jan-+12345"
    )
    assert format_timestamp(from_civil(-5, 1, 1), "%Y|%-Y|%_Y") == "-0005|-5|   -5"
    assert format_timestamp(parse_literal("2016-12-31T23:59:60.25Z"), "%T%.f %S") == "23:59:60.250 60"


@given(timestamps, st.sampled_from(["UTC", "Europe/Brussels", "Asia/Kolkata", "America/St_Johns"]))
def test_the_quick_writer_writes_the_same(timestamp: Timestamp, zone_name: str) -> None:
    zone = find_zone(zone_name)
    for text in ("%F %T", "%d/%b/%Y:%T %z", "%+", "%a %e %k:%M %.3f%6f%:z {}", "%Y%m%d%H%M%S%.f"):
        formatter = strftime.compile_format(text)
        assert formatter.quick is not None
        assert formatter.format(timestamp, zone) == formatter.format_by_rule(timestamp, zone)


@pytest.mark.parametrize(
    ("text", "format_text", "expected"),
    [
        ("2024-03-09 17:05:07", "%Y-%m-%d %H:%M:%S", "2024-03-09T17:05:07Z"),
        ("2024-3- 9  17:5", "%F %R", "2024-03-09T17:05:00Z"),
        ("2024-03-0917:05:07", "%F %T", "2024-03-09T17:05:07Z"),
        ("09/Mar/2024:17:05:07 -0330", "%d/%b/%Y:%T %z", "2024-03-09T20:35:07Z"),
        ("sat mar  9 17:05:07 2024", "%c", "2024-03-09T17:05:07Z"),
        ("SATURDAY, 9 mar 24 5:05 pm", "%A, %e %B %y %l:%M %P", "2024-03-09T17:05:00Z"),
        ("70-1-1 0:0", "%y-%m-%d %R", "1970-01-01T00:00:00Z"),
        ("69-1-1 0:0", "%y-%m-%d %R", "2069-01-01T00:00:00Z"),
        ("20 24 069 00:00", "%C %y %j %R", "2024-03-09T00:00:00Z"),
        ("2024-W10-6 00:00", "%G-W%V-%u %R", "2024-03-09T00:00:00Z"),
        ("2024 09 6 00:00", "%Y %U %w %R", "2024-03-09T00:00:00Z"),
        ("2024 10 sat 00:00", "%Y %W %a %R", "2024-03-09T00:00:00Z"),
        ("1710003907", "%s", "2024-03-09T17:05:07Z"),
        ("1710003907.06", "%s%.f", "2024-03-09T17:05:07.060Z"),
        ("2024-03-09T17:05:07Z", "%+", "2024-03-09T17:05:07Z"),
        ("2024-03-09 17:05:07.5 UTC", "%+", "2024-03-09T17:05:07.500Z"),
        ("2024-03-09T17:05:07+01", "%FT%T%#z", "2024-03-09T16:05:07Z"),
        ("2024-03-09T17:05:07 + 0100", "%FT%T%z", None),
        ("2024-03-09T17:05:07 +01 00", "%FT%T%z", "2024-03-09T16:05:07Z"),
        ("2024-03-09 17:05:07.060", "%F %T.%f", "2024-03-09T17:05:07.000000060Z"),
        ("2024-03-09 17:05:07.060", "%F %T.%3f", "2024-03-09T17:05:07.060Z"),
        ("2024-03-09 17:05:07,06000017", "%F %T,%6f17", "2024-03-09T17:05:07.060Z"),
        ("2024-03-09 17:05:07", "%F %T%.f", "2024-03-09T17:05:07Z"),
        ("2016-12-31 23:59:60", "%F %T", "2016-12-31T23:59:60Z"),
        ("+12024-03-09 00:00", "%F %R", "+12024-03-09T00:00:00Z"),
        ("2024-03-09 17:05:07 CET +0100", "%F %T %Z %z", "2024-03-09T16:05:07Z"),
        ("2024-03-09 100% 00:00", "%F 100%% %R", "2024-03-09T00:00:00Z"),
    ],
)
def test_reading(text: str, format_text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(InvalidTimestamp):
            parse_timestamp(text, format_text)
    else:
        assert parse_timestamp(text, format_text).to_rfc3339() == expected


@pytest.mark.parametrize(
    ("text", "format_text", "reason"),
    [
        ("2024-03-09 17:05:07 ", "%F %T", "trailing input"),
        ("2024-03-09 17:05:", "%F %T", "premature end of input"),
        ("2024/03-09 17:05:07", "%F %T", "input contains invalid characters"),
        ("2024-03-32 17:05:07", "%F %T", "input is out of range"),
        ("2023-02-29 17:05:07", "%F %T", "input is out of range"),
        ("2024-03-09", "%F", "input is not enough for unique date and time"),
        ("17:05:07", "%T", "input is not enough for unique date and time"),
        ("2024-03-09 17", "%F %H", "input is not enough for unique date and time"),
        ("2024-03-09 5:05:07", "%F %I:%M:%S", "input is not enough for unique date and time"),
        ("Sun 2024-03-09 00:00", "%a %F %R", "no possible date and time matching input"),
        ("2024-03-09 2023 00:00", "%F %Y %R", "no possible date and time matching input"),
        ("2024-03-09 17:05:07Z", "%F %T%z", "input contains invalid characters"),
        ("2024-03-09 17:05:07 CET", "%F %T %Z", "input is not enough for unique date and time"),
        ("March 9 2024 00:00", "%b %d %Y %R", "input contains invalid characters"),
        ("2024-03-09 00:00", "%F %Q", "bad or unsupported format string"),
        ("2024", "%F %Q", "premature end of input"),
        ("99999999999999999999", "%s", "input is out of range"),
        ("9223372036854775807", "%s", "input is out of range"),
        ("2024-03-09 17:05:07.5", "%F %T.%3f", "premature end of input"),
    ],
)
def test_what_cannot_be_read(text: str, format_text: str, reason: str) -> None:
    with pytest.raises(InvalidTimestamp) as problem:
        parse_timestamp(text, format_text)
    assert str(problem.value) == reason


@given(timestamps)
def test_what_is_written_is_read(timestamp: Timestamp) -> None:
    for text in ("%F %T%.f", "%+", "%A %d %B %Y %r%.9f %z", "%G-%V-%u %T %9f", "%Y %U %w %T %f", "%C%y %j %T%.9f"):
        assert parse_timestamp(format_timestamp(timestamp, text), text) == timestamp


@given(timestamps)
def test_the_quick_reader_reads_the_same(timestamp: Timestamp) -> None:
    for text in ("%F %T", "%d/%b/%Y:%T %z", "%+", "%a %b %e %T %Y", "%Y-%m-%dT%H:%M:%S%.fZ", "%Y%m%d%H%M%S%6f"):
        parser = strptime.compile_format(text)
        written = format_timestamp(timestamp, text)
        assert parser.quick is not None and parser.quick(written) is not None
        assert parser.parse(written) == parser.parse_by_rule(written, UTC)


@given(
    st.sampled_from(
        ["%d/%b/%Y:%T %z", "%F %R", "%Y%m%d%H%M%S", "%d%m%Y %H%M", "%e.%m.%Y %k.%M.%S%.f", "%H:%M %m/%d/%Y"]
    ),
    st.lists(st.sampled_from(["", " ", "  ", "0"]), min_size=5, max_size=5),
    st.tuples(*(st.integers(0, limit) for limit in (32, 13, 25, 61, 61))),
)
def test_the_quick_reader_is_exact_about_widths_and_spaces(text: str, before: list[str], numbers: Any) -> None:
    parts = [lead + str(number) for lead, number in zip(before, numbers, strict=True)]
    written = text.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S").replace("%R", "%H:%M")
    for directives, part in zip(("de", "m", "Hk", "M", "S"), parts, strict=True):
        for directive in directives:
            written = written.replace(f"%{directive}", part)
    for directive, part in (("%b", "May"), ("%Y", "2021"), ("%z", "+0130"), ("%.f", ".25")):
        written = written.replace(directive, part)
    parser = strptime.compile_format(text)
    assert parser.quick is not None
    if (quick := parser.quick(written)) is not None:
        assert quick == parser.parse_by_rule(written, UTC)


def test_a_format_is_read_once() -> None:
    assert read_format("%F %T") is read_format("%F %T")
    assert strptime.compile_format("%F") is strptime.compile_format("%F")


BRUSSELS = find_zone("Europe/Brussels")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-31 01:59:59", "2024-03-31T00:59:59Z"),
        ("2024-03-31 03:00:00", "2024-03-31T01:00:00Z"),
        ("2024-10-27 01:59:59", "2024-10-26T23:59:59Z"),
        ("2024-10-27 03:00:00", "2024-10-27T02:00:00Z"),
        ("1800-01-01 00:00:00", "1799-12-31T23:42:30Z"),
        ("2150-07-01 00:00:00", "2150-06-30T23:00:00Z"),  # the zone's rules end with 2099
    ],
)
def test_local_times(text: str, expected: str) -> None:
    timestamp = parse_timestamp(text, "%F %T", BRUSSELS)
    assert timestamp.to_rfc3339() == expected
    assert format_timestamp(timestamp, "%F %T", BRUSSELS) == text


def test_local_times_that_do_not_exist_or_are_two() -> None:
    with pytest.raises(InvalidTimestamp, match="no possible date and time matching input"):
        parse_timestamp("2024-03-31 02:30:00", "%F %T", BRUSSELS)
    with pytest.raises(InvalidTimestamp, match="input is not enough for unique date and time"):
        parse_timestamp("2024-10-27 02:30:00", "%F %T", BRUSSELS)
    # An offset tells which of the two is meant.
    assert parse_timestamp("2024-10-27 02:30:00 +0100", "%F %T %z", BRUSSELS).to_rfc3339() == "2024-10-27T01:30:00Z"


def test_writing_in_a_zone() -> None:
    assert format_timestamp(MARCH, "%F %T %Z %z %:z", BRUSSELS) == "2024-03-09 18:05:07 CET +0100 +01:00"
    old = from_civil(1800, 6, 1)
    assert format_timestamp(old, "%z %::z %:::z %Z", BRUSSELS) == "+0018 +00:17:30 +00 LMT"
    assert format_timestamp(old, "%z %::z %:::z", find_zone("America/Coyhaique")) == "-0448 -04:48:16 -04"


@pytest.mark.parametrize("name", ["Mars/Base", "utc", "+01:00", "posix/UTC", "../zones", "Factory", "zones", "Europe"])
def test_unknown_zones(name: str) -> None:
    with pytest.raises(UnknownZone, match="unable to parse timezone: "):
        find_zone(name)


def test_the_hosts_zone() -> None:
    zone = find_zone("local")
    assert find_zone("") is zone
    offset, shown = zone.at(MARCH.seconds)
    assert shown == format_timestamp(MARCH, "%:z", zone)
    assert offset in zone.offsets(MARCH.seconds + offset)
