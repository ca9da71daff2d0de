"""The `dtl` command: `python -m dtl` and the console script."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

__all__ = ["main"]


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # What is imported stays: looking for garbage in it takes a fifth of the time of a start. Commands begin to collect.
    gc.disable()
    code: int = import_module("dtl.cli").main()
    return code


if __name__ == "__main__":
    sys.exit(main())
