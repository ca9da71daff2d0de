"""The exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What became of a command, as the shell sees it."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Exit:
        """Make a member that also carries its meaning."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    OK = 0, "done"
    FAILED = 1, "a record failed, or a check found something"
    USAGE = 2, "the command line is wrong"
    COMPILE = 3, "the program does not compile"
    FILE = 4, "a file cannot be read or written"
    INTERRUPTED = 130, "interrupted (Ctrl-C)"
    BROKEN_PIPE = 141, "the reader of the output went away"
