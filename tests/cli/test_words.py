"""Plain command lines are read as argparse reads them, and others are left to it."""

from __future__ import annotations

import argparse

import pytest

from dtl.cli import run
from dtl.cli.io.words import PlainWords

_PLAIN = (
    ["program.dtl"],
    ["program.dtl", "in.ndjson", "-"],
    ["-e", ".a = 1"],
    ["-e", ".a = 1", "in.ndjson"],
    ["--expression", ".", "--strict", "--no-cache", "in.ndjson"],
    ["program.dtl", "in.ndjson", "--on-error", "skip"],
    ["-n", "-e", ".", "--print", "result", "--timezone", "Europe/Paris"],
    ["--metadata", '{"a": 1}', "--limit-steps", "10", "--limit-seconds", "0.5", "--dialect", "vrl", "x"],
    ["--max-cost", "2", "--max-requests", "3", "--estimate", "--config", "dtl.toml", "x"],
    [],
)
_NOT_PLAIN = (
    ["--help"],
    ["--nothing"],
    ["-e"],
    ["-e", "-1"],
    ["-e.a", "x"],
    ["--on-error=skip", "x"],
    ["--stri", "x"],
    ["--", "x"],
    ["x", "--strict", "y"],
    ["--print", "everything", "x"],
    ["--limit-steps", "0", "x"],
    ["--metadata", "[]", "x"],
    ["--ai", "replay", "file", "x"],
)


def _plain(words: list[str]) -> dict[str, object] | None:
    reader = PlainWords()
    run.add_arguments(reader)
    found = reader.read(words)
    return None if found is None else vars(found)


@pytest.mark.parametrize("words", _PLAIN, ids=" ".join)
def test_plain_words_are_read_as_argparse_reads_them(words: list[str]) -> None:
    parser = argparse.ArgumentParser()
    run.add_arguments(parser)
    assert _plain(words) == vars(parser.parse_args(words))


@pytest.mark.parametrize("words", _NOT_PLAIN, ids=" ".join)
def test_other_words_are_left_to_argparse(words: list[str]) -> None:
    assert _plain(words) is None
