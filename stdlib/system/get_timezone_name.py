"""The `get_timezone_name` function."""

import os
from pathlib import Path

from dtl.functions import Context, Effect, FunctionError, function
from dtl.types.annotations import Fallible, String

_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")


@function(effect=Effect.ENVIRONMENT)
def get_timezone_name(*, context: Context) -> Fallible[String]:
    """Return the name of the time zone in which the program reads and shows local times.

    Raises:
        The zone is the machine's own, and the operating system does not tell its name.

    Examples:
        Ask for the name:
            >>> get_timezone_name!()  # not run: depends on the host
            "UTC"

        The operating system does not tell:
            >>> get_timezone_name!()  # not run: depends on the host
            error: unable to retrieve timezone name
    """
    if context.timezone not in ("", "local"):
        return context.timezone
    name = os.environ.get("TZ", "").removeprefix(":") or _from_link() or _from_file()
    if not name:
        raise FunctionError("unable to retrieve timezone name")
    return name


def _from_link() -> str:
    """Return the zone that the system's clock is set to, from the place of its rules."""
    try:
        return str(_LINK.resolve(strict=True)).partition("/zoneinfo/")[2]
    except OSError:
        return ""


def _from_file() -> str:
    try:
        return _NAME.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
