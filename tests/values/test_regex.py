"""Regular expressions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values.regex import InvalidRegex, Regex
from dtl.values.text import from_bytes


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"^b$", "a\nb", False),
        (r"(?m)^b$", "a\nb", True),
        (r"b$", "b\n", False),
        (r"a.c", "a\nc", False),
        (r"(?s)a.c", "a\nc", True),
        (r"^\d\w\s$", "٣é\u00a0", True),
        (r"\p{Cyrillic}", "ж", True),
        (r"[a-z&&[^b]]", "b", False),
        (r"(?i)straße", "STRASSE", False),
        (r"(?x) a b # ab", "ab", True),
        (r"\bé\b", "é", True),
        (r"a(?i)b", "aB", True),
        (r"x{2,3}?", "xx", True),
    ],
)
def test_matching(pattern: str, text: str, matches: bool) -> None:
    assert Regex(pattern).is_match(text) is matches


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "unclosed group: ("),
        ("a(?!b)", "look-around, including look-ahead and look-behind, is not supported: ^^^: a(?!b)"),
        (r"(a)\1", r"backreferences are not supported: ^^: (a)\1"),
        ("(?<1a>x)", "invalid capture group character: (?<1a>x)"),
    ],
)
def test_invalid_patterns(pattern: str, reason: str) -> None:
    with pytest.raises(InvalidRegex) as problem:
        Regex(pattern)
    assert problem.value.reason == reason
    assert str(problem.value).startswith("regex parse error:\n")


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("a", [None]),
        ("(a)(?:b)(?P<c>c)(?<d>d)", [None, None, "c", "d"]),
        (r"\((a)\)[(](b)[^](](c)[]()](d)", [None] * 5),
        (r"[a[^](]](b)[[:alpha:](](c)", [None] * 3),
        (r"[-](a)[^-](b)[--(](c)", [None] * 4),
        ("(?x)(a) # (b)\n(?P<c>c)", [None, None, "c"]),
        ("(?x:(a) # (b\n)#(c)", [None] * 3),
        ("((?x)a #(b)\n)#(c)", [None] * 3),
        ("(?x)((?-x)#(a))", [None] * 3),
        ("(?x)[a # (]\n](b)", [None] * 2),
        (r"(?x)\# (a)", [None] * 2),
        (r"\x{28}(a)\p{Greek}(b)", [None] * 3),
        ("(?P<a.b[0]>x)", [None, "a.b[0]"]),
        ("(?ims-Ux:(?P<n>x))", [None, "n"]),
    ],
)
def test_group_names(pattern: str, names: list[str | None]) -> None:
    regex = Regex(pattern)
    assert list(regex.group_names) == names
    # The engine itself has as many groups: with an empty branch it always matches.
    groups = Regex(f"(?:{pattern}\n)|").captures("")
    assert groups is not None and len(groups) == len(names)


def test_captures() -> None:
    regex = Regex(r"(?P<key>\w+)=(?P<value>\d+)?")
    assert regex.captures("é=12;b=") == ["é=12", "é", "12"]
    assert regex.captures_iter("é=12;b=") == [["é=12", "é", "12"], ["b=", "b", None]]
    assert regex.captures("none") is None
    assert regex.captures_iter("none") == []


@pytest.mark.parametrize(
    ("pattern", "text", "start", "place"),
    [
        ("b", "éab", 0, (2, 3)),
        ("é+", "aéé", 0, (1, 3)),
        ("a", "aba", 1, (2, 3)),
        ("^a", "ab", 1, None),
        (r"\bb", "ab b", 1, (3, 4)),
        ("(?m)^b", "a\nb", 1, (2, 3)),
        ("(?m)^b", "a\nb", 2, (2, 3)),
        ("$", "ab", 2, (2, 2)),
        ("a", "a", 2, None),
        ("(?x) b # comment", "ab", 1, (1, 2)),
        ("x|y", "ayx", 1, (1, 2)),
    ],
)
def test_finding(pattern: str, text: str, start: int, place: tuple[int, int] | None) -> None:
    assert Regex(pattern).find(text, start) == place


def test_finding_all() -> None:
    assert Regex("é|b").find_iter("aéébc") == [(1, 2), (2, 3), (3, 4)]
    assert Regex("").find_iter("é") == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("pattern", "text", "replacement", "limit", "result"),
    [
        ("b", "abcb", "X", -1, "aXcX"),
        ("b", "abcb", "X", 0, "abcb"),
        ("b", "abcb", "X", 1, "aXcb"),
        ("b", "babab", "$0$0", 2, "bbabbab"),
        (r"(?P<n>\d)(x)?", "1x23", "[$n|$2|$$|${n}y|$ny]", 2, "[1|x|$|1y|][2||$|2y|]3"),
        (r"(?P<n>\d)(x)?", "1x2", "[$n|$2|$$|${n}y|$ny]", -1, "[1|x|$|1y|][2||$|2y|]"),
        ("b", "bb", "$", 2, "$$"),
        ("b", "bbb", "${", 2, "${${b"),
        ("b", "bbb", "$é", 2, "$é$éb"),
        ("b", "bb", "${1é}", 1, "b"),
        ("", "ab", "-", -1, "-a-b-"),
        ("", "ab", "-", 2, "-a-b"),
    ],
)
def test_replacing(pattern: str, text: str, replacement: str, limit: int, result: str) -> None:
    assert Regex(pattern).replace(text, replacement, limit) == result


@given(st.text("ab1é", max_size=8), st.text("$0n{}1é", max_size=6))
def test_replacing_some_is_replacing_all_of_a_part(text: str, replacement: str) -> None:
    regex = Regex(r"(?P<n>[ab])(\d)?")
    places = regex.find_iter(text)
    for limit in range(2, len(places) + 1):
        end = places[limit - 1][1]
        assert regex.replace(text, replacement, limit) == regex.replace(text[:end], replacement) + text[end:]


@pytest.mark.parametrize(
    ("limit", "parts"),
    [
        (-1, ["a", "b", "", "c"]),
        (0, []),
        (1, ["a1b2;3c"]),
        (2, ["a", "b2;3c"]),
        (3, ["a", "b", "3c"]),
        (9, ["a", "b", "", "c"]),
    ],
)
def test_splitting(limit: int, parts: list[str]) -> None:
    assert Regex(r"\d;?").split("a1b2;3c", limit) == parts


def test_bytes_that_are_not_utf8_are_matched_as_replacement_characters() -> None:
    text = from_bytes(b"a\xffb")
    assert Regex("^a.b$").is_match(text)
    assert Regex("(.)b").captures(text) == ["\ufffdb", "\ufffd"]
    assert Regex("b").find(text) == (2, 3)
    assert Regex("b").replace(text, "c") == "a\ufffdc"
    assert Regex("b").split(text) == ["a\ufffd", ""]


def test_patterns_are_values() -> None:
    assert Regex("a") == Regex("a") != Regex("b")
    assert len({Regex("a"), Regex("a")}) == 1
    assert Regex("a") != "a"
