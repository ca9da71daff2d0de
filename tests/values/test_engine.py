"""The same questions to us and to the reference engine, where it is installed."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Callable
from typing import Any

import pytest

from dtl.values import convert, path
from dtl.values.decode import InvalidJson, from_json
from dtl.values.encode import to_json
from dtl.values.errors import Failure, FunctionError
from dtl.values.operators import OPERATORS
from dtl.values.regex import Regex
from dtl.values.strftime import InvalidFormat, format_timestamp
from dtl.values.strptime import parse_timestamp
from dtl.values.timestamp import InvalidTimestamp, Timestamp, parse_literal
from dtl.values.zone import find_zone

vector_vrl = pytest.importorskip("vector_vrl", reason="vector-vrl is not installed (it needs Python 3.12)")

ZONES = ["UTC", "UTC", "Europe/Brussels", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
FORMATS = [
    "%Y-%m-%d %H:%M:%S", "%d/%b/%Y:%T %z", "%+", "%Y-%m-%dT%H:%M:%S%.fZ", "%s", "%s%.f", "%c", "%Y-%j %R",
    "%G-W%V-%u %T", "%a, %d %b %Y %T %z", "%Y-%U-%w %T", "%Y %W %a %H%M%S", "%y%m%d%I%M%p", "%d %B %Y %r",
    "%Y-%m-%dT%H:%M:%S%.3f%:z", "%Y-%m-%d %H:%M:%S,%3f", "%b %e %T %Y", "%v %T", "%F %T %s", "%D %k:%M:%S%P",
]  # fmt: skip
DIRECTIVES = [
    *"YCyGgmbBhdeaAwuUWVjDxFvHkIlPpMSfRTXrZzc+stn%qQ",
    ".f", ".3f", ".6f", ".9f", "3f", "6f", "9f", ":z", "::z", ":::z",
]  # fmt: skip


def ask(program: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run a program of the engine on every event."""
    lines = [json.dumps(event) for event in events]
    outcomes: list[dict[str, Any]] = vector_vrl.execute_vrl(program, lines, {})
    assert all("error" not in outcome for outcome in outcomes), outcomes
    return outcomes


def reason(message: str | None) -> str | None:
    """Return what a message says after the call that it names."""
    return None if message is None else message.split("): ", 1)[1]


def attempt(what: Callable[[], Any], *errors: type[Exception]) -> tuple[Any, str | None]:
    """Return a result and no error, or no result and the error's text."""
    try:
        return what(), None
    except errors as problem:
        return None, str(problem)


def some_format(rng: random.Random) -> str:
    """Return a usual format, or a chance one."""
    if rng.random() < 0.5:
        return rng.choice(FORMATS)
    ends = ["", " ", "-", ".", "T", ", "]
    parts = [
        "%" + rng.choice(["", "", "", "-", "_", "0"]) + rng.choice(DIRECTIVES) + rng.choice(ends)
        for _ in range(rng.randint(1, 5))
    ]
    return "".join(parts) + rng.choice(["", " %F %T", " %s"])


def damaged(rng: random.Random, text: str) -> str:
    """Return a text, changed in one place or not at all."""
    at = rng.randrange(len(text) + 1)
    inserted = rng.choice("0123456789 :+-Zzx.é\N{MINUS SIGN}\x1f\u00a0")
    without, longer = text[:at] + text[at + 1 :], text[:at] + inserted + text[at:]
    return rng.choice([text, text, text, without, longer, text[:at], text.upper()])


def some_timestamps(rng: random.Random, count: int) -> list[Timestamp]:
    """Return instants, many of them near a change of clocks."""
    stamps = []
    for _ in range(count):
        near = rng.choice([1616893200, 1635642000]) + rng.randint(-7200, 7200)
        seconds = rng.choice([rng.randint(0, 2**32), rng.randint(-(10**10), 10**11), near])
        stamps.append(Timestamp(seconds, rng.choice([0, 5 * 10**8, 123456789, 1000])))
    return stamps


def test_formats_are_written_as_the_engine_writes_them() -> None:
    rng = random.Random(1)
    cases = [(stamp, some_format(rng), rng.choice(ZONES)) for stamp in some_timestamps(rng, 800)]
    program = """
        t = parse_timestamp!(.t, "%+")
        .r, .e = format_timestamp(t, string!(.f), timezone: string!(.z))
    """
    texts = [stamp.to_rfc3339() for stamp, _, _ in cases]
    events = [{"t": text, "f": form, "z": zone} for text, (_, form, zone) in zip(texts, cases, strict=True)]
    for (stamp, form, zone), answer in zip(cases, ask(program, events), strict=True):
        result, error = attempt(lambda: format_timestamp(stamp, form, find_zone(zone)), InvalidFormat)  # noqa: B023
        assert error == reason(answer["e"]), (stamp, form, zone)
        assert error is not None or result == answer["r"], (stamp, form, zone)


def test_formats_are_read_as_the_engine_reads_them() -> None:
    rng = random.Random(2)
    cases: list[tuple[str, str, str]] = []
    for stamp in some_timestamps(rng, 1_500):
        form, zone = some_format(rng), rng.choice(ZONES)
        text, error = attempt(lambda: format_timestamp(stamp, form, find_zone(zone)), InvalidFormat)  # noqa: B023
        cases.append((damaged(rng, "2020" if error else text), form, zone))
    program = """
        .r, .e = parse_timestamp(.t, string!(.f), timezone: string!(.z))
        if .e == null { .r = to_string(.r) }
    """
    read = 0
    events = [{"t": text, "f": form, "z": zone} for text, form, zone in cases]
    for (text, form, zone), answer in zip(cases, ask(program, events), strict=True):
        result, error = attempt(lambda: parse_timestamp(text, form, find_zone(zone)), InvalidTimestamp)  # noqa: B023
        expected = reason(answer["e"])
        assert error == (expected and expected.rsplit('": ', 1)[1]), (text, form, zone)
        if error is None:
            read += 1
            assert result.to_rfc3339() == answer["r"], (text, form, zone)
    assert read > 300


def test_literals_are_read_as_the_engine_reads_them() -> None:
    rng = random.Random(3)
    sources = ["2021-02-03T04:05:06Z", "2021-2-3 4:5:6.5 UTC", "+12345-01-01T00:00:00z", "2016-12-31T23:59:60.25-0130"]
    for _ in range(150):
        text = damaged(rng, damaged(rng, rng.choice(sources)))
        result, error = attempt(lambda: parse_literal(text).to_rfc3339(), InvalidTimestamp)  # noqa: B023
        accepted = vector_vrl.validate_vrl(f"t'{text}'").success
        assert accepted == (error is None), text
        assert not accepted or ask(f".r = to_string(t'{text}')", [{}])[0]["r"] == result, text


def some_number(rng: random.Random) -> str:
    """Return the text of a number, long as often as not."""
    whole = rng.choice(["0", str(rng.randint(1, 10 ** rng.randint(1, 24)))])
    fraction = rng.choice(["", f".{rng.randint(0, 10 ** rng.randint(1, 24))}"])
    exponent = rng.choice(["", "", f"{rng.choice('eE')}{rng.choice(['', '+', '-'])}{rng.randint(0, 330)}"])
    return rng.choice(["", "-"]) + whole + fraction + exponent


def test_json_is_read_and_written_as_the_engine_does() -> None:
    rng = random.Random(4)
    nested = '{{"é":{},"a":[ {} ],"":"\\u00e9\\ud83d\\ude00 1e5"}}'
    templates = ["{}", "[{},{}]", nested, ' {{ "a" : {{"a":{}}}, "a":-0 }}\n']
    texts = [damaged(rng, rng.choice(templates).format(some_number(rng), some_number(rng))) for _ in range(3_000)]
    program = ".r, .e = parse_json(.t)\n.r = encode_json(.r)\n.p = encode_json(parse_json(.t) ?? null, pretty: true)"
    for text, answer in zip(texts, ask(program, [{"t": text} for text in texts]), strict=True):
        result, error = attempt(lambda: from_json(text), InvalidJson)  # noqa: B023
        expected = reason(answer["e"])
        assert error == (expected and expected.removeprefix("unable to parse json: ")), text
        assert (to_json(result), to_json(result, pretty=True)) == (answer["r"], answer["p"]), text


def test_numbers_are_converted_as_the_engine_does() -> None:
    rng = random.Random(5)
    numbers = [struct.unpack("d", struct.pack("Q", rng.getrandbits(64)))[0] for _ in range(1_000)]
    numbers += [rng.uniform(-1, 1) * 10 ** rng.randint(-12, 22) for _ in range(2_000)]
    numbers = [number for number in numbers if number - number == 0]
    program = ".f = to_float!(.t); .i = to_int(.f); .s = to_string(.f); .j = encode_json(.f); .f = null"
    for number, answer in zip(numbers, ask(program, [{"t": repr(number)} for number in numbers]), strict=True):
        ours = (convert.to_int(number), convert.to_string(number), to_json(number))
        assert ours == (answer["i"], answer["s"], answer["j"]), number


def test_texts_are_converted_as_the_engine_does() -> None:
    rng = random.Random(6)
    texts = ["".join(rng.choices("0123456789+-.eEinftyNI_ax", k=rng.randint(0, 7))) for _ in range(1_000)]
    texts += ["true", "YES", "n", "F", "9" * 30, "-" + "9" * 30, "٣", "1" * 25 + "x"]
    program = ".i, .ie = to_int(.t); .f, .fe = to_float(.t); .f = encode_json(.f); .b, .be = to_bool(.t)"
    for text, answer in zip(texts, ask(program, [{"t": text} for text in texts]), strict=True):
        for name, coerce in (("i", convert.to_int), ("f", convert.to_float), ("b", convert.to_bool)):
            result, error = attempt(lambda: coerce(text), FunctionError)  # noqa: B023
            assert error == reason(answer[name + "e"]), (text, name)
            assert error or (to_json(result) if name == "f" else result) == answer[name], (text, name)


def some_value(rng: random.Random, depth: int = 0) -> Any:
    """Return a value of JSON."""
    chance = rng.random()
    if depth > 2 or chance < 0.4:
        return rng.choice([0, 1, -7, 2.5, "", "x", "é", None, True, False, 2**53 + 1])
    if chance < 0.7:
        return [some_value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    return {key: some_value(rng, depth + 1) for key in rng.sample("abc", rng.randint(0, 3))}


@pytest.mark.parametrize("symbol", ["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!="])
def test_operators_mean_what_they_mean_to_the_engine(symbol: str) -> None:
    rng = random.Random(7)
    pairs = [(some_value(rng), some_value(rng)) for _ in range(400)]
    pairs = [(left, right) for left, right in pairs if symbol != "*" or 2**53 + 1 not in (left, right)]
    plain = symbol in ("==", "!=")
    program = f".r = .l {symbol} .r\n.e = null" if plain else f".r, .e = .l {symbol} .r"
    program += "\n.r = encode_json(.r)"
    for (left, right), answer in zip(pairs, ask(program, [{"l": a, "r": b} for a, b in pairs]), strict=True):
        result, error = attempt(lambda: OPERATORS[symbol].meaning(left, right), Failure)  # noqa: B023
        assert error == answer["e"], (left, right)
        assert error or to_json(result) == answer["r"], (left, right)


def test_paths_lead_where_they_lead_the_engine() -> None:
    rng = random.Random(8)
    cases: list[tuple[Any, list[Any]]] = []
    while len(cases) < 2_000:
        value = some_value(rng)
        if isinstance(value, list | dict):
            cases.append((value, [rng.choice(["a", "b", "c", 0, 1, -1, -3, 5]) for _ in range(rng.randint(0, 4))]))
    program = """
        .g = encode_json(get!(.v, .p)); .s = encode_json(set!(.v, .p, "new"))
        .r = encode_json(remove!(.v, .p)); .c = encode_json(remove!(.v, .p, compact: true))
    """
    for (value, steps), answer in zip(cases, ask(program, [{"v": v, "p": p} for v, p in cases]), strict=True):
        place = tuple(steps)
        ours = {
            "g": path.get(value, place),
            "s": path.insert(value, place, "new"),
            "r": path.remove(value, place)[0],
            "c": path.remove(value, place, compact=True)[0],
        }
        texts = {name: to_json(result) for name, result in ours.items()}
        assert texts == {name: answer[name] for name in ours}, (value, steps)


PATTERNS = [r"a", r"(a)(b)?", r"", r"\b", r"^a", r"(?m)^b", r"(?P<k>\w)=(?P<v>\d)", r"é", r"a*", r"\d+"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_match_what_they_match_for_the_engine(pattern: str) -> None:
    rng = random.Random(9)
    program = f"""
        .m = match(string!(.t), r'{pattern}')
        .r = replace(string!(.t), r'{pattern}', string!(.w), count: int!(.n))
        .s = encode_json(split(string!(.t), r'{pattern}', int!(.l)))
        .f = find(string!(.t), r'{pattern}', from: int!(.o))
    """
    texts = ["ab12", "aé b12 ab", "", "aaa", "a\nb", "x=1,y=2", "éé"]
    replacements = ["[$1]", "$0", "$$", "[${k}-$v]", "é", "$1x", "${1}x", "$", "${", "$k$k"]
    cases = []
    for _ in range(150):
        text = rng.choice(texts)
        start = rng.randint(0, min(len(text), 3))
        cases.append((text, rng.choice(replacements), rng.randint(-1, 3), rng.randint(0, 4), start))
    events = [{"t": t, "w": w, "n": n, "l": m, "o": len(t[:o].encode())} for t, w, n, m, o in cases]
    regex = Regex(pattern)
    for (text, replacement, count, limit, start), answer in zip(cases, ask(program, events), strict=True):
        place = regex.find(text, start)
        ours = {
            "m": regex.is_match(text),
            "r": regex.replace(text, replacement, count),
            "s": to_json(regex.split(text, limit)),
            "f": None if place is None else len(text[: place[0]].encode()),
        }
        assert ours == {name: answer[name] for name in ours}, (text, replacement, count, limit, start)
