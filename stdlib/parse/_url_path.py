"""The path of a URL: its segments without dots, percent-encoded."""

from __future__ import annotations

import re

from ._percent import encode_path

_SEPARATOR = re.compile(r"[/\\]")
_ONE_DOT = re.compile(r"\.|%2e", re.IGNORECASE)
_TWO_DOTS = re.compile(r"(?:\.|%2e){2}", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z][:|]")


def is_drive(segment: str) -> bool:
    """Tell whether a segment names a drive, as `C:` does."""
    return _DRIVE.fullmatch(segment) is not None


def read_path(text: str, special: bool, file: bool = False) -> str:
    """Return the path of what follows its first slash; two dots never remove a drive.

    Args:
        text: The segments.
        special: A backslash separates them as well as a slash.
        file: The path is a file's: it may begin with a drive, and not with more than one slash.
    """
    segments: list[str] = []
    parts = _SEPARATOR.split(text) if special else text.split("/")
    for place, part in enumerate(parts):
        is_last = place == len(parts) - 1
        if _TWO_DOTS.fullmatch(part):
            if segments and not is_drive(segments[-1]):
                segments.pop()
            if is_last:
                segments.append("")
        elif _ONE_DOT.fullmatch(part):
            if is_last:
                segments.append("")
        elif file and place == 0 and is_drive(part):
            segments.append(part[0] + ":")
        else:
            segments.append(encode_path(part))
    path = "/".join(segments)
    return "/" + (path.lstrip("/") if file else path)
