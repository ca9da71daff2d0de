"""The three streams of a command, so that tests can hand in their own."""

from __future__ import annotations

import io
import os
import sys
from typing import BinaryIO, TextIO, cast

from dtl.data import data
from dtl.source import without_controls


@data
class Console:
    """Standard input, output and error of a command.

    Input and output are unbuffered bytes: a read gives what is there, a write is on its way when it returns.
    """

    input: BinaryIO
    output: BinaryIO
    errors: TextIO
    colour: bool = False
    progress: bool = False

    @classmethod
    def of_process(cls) -> Console:
        """Return the streams of this process."""
        colour = _is_terminal(sys.stderr) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return cls(
            _raw(0, "rb"),
            _raw(1, "wb"),
            sys.stderr or io.StringIO(),
            colour=colour,
            progress=_is_terminal(sys.stderr) and not _is_terminal(sys.stdout),
        )

    def write(self, data: bytes | bytearray) -> None:
        """Write bytes to the output, all of them."""
        view = memoryview(data)
        while view:
            view = view[self.output.write(view) :]

    def print(self, text: str) -> None:
        """Write a line of text to the output."""
        self.write(text.encode("utf-8", "replace") + b"\n")

    def error(self, message: str) -> None:
        """Write a message of ours to the error stream."""
        self.say(f"dtl: {without_controls(message)}")

    def say(self, text: str) -> None:
        """Write a line of text to the error stream; nobody to read it is no reason to fail."""
        try:
            self.errors.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
            self.errors.flush()
        except (OSError, ValueError):
            pass

    def abandon_output(self) -> None:
        """Let Python's own flush at exit go nowhere, after the output's reader went away."""
        if sys.stdout is not None:
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            except OSError:
                return


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def _raw(descriptor: int, mode: str) -> BinaryIO:
    try:
        return cast(BinaryIO, os.fdopen(descriptor, mode, buffering=0, closefd=False))
    except OSError:
        return _Closed()


class _Closed(io.RawIOBase, BinaryIO):
    """Stands for a standard stream that the process was started without."""

    def readinto(self, _buffer: object) -> int:
        """Report that there is no input."""
        raise OSError("standard input is closed")

    def read(self, _size: int = -1) -> bytes:
        """Report that there is no input."""
        raise OSError("standard input is closed")

    def write(self, _data: object) -> int:
        """Report that there is no output."""
        raise OSError("standard output is closed")
