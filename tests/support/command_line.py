"""Command lines, run within this process."""

from __future__ import annotations

import io
from typing import NamedTuple

from dtl.cli import main
from dtl.cli.io.console import Console


class Ran(NamedTuple):
    """What a command wrote and how it ended."""

    output: str
    errors: str
    code: int


def dtl(*arguments: str, stdin: str | bytes = b"") -> Ran:
    """Run a command line within this process."""
    source = io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin)
    output, errors = io.BytesIO(), io.StringIO()
    code = main(arguments, Console(source, output, errors))
    return Ran(output.getvalue().decode("utf-8", "replace"), errors.getvalue(), code)
