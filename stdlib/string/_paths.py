"""File paths as text, read as POSIX systems read them; nothing is looked up in a file system."""

from __future__ import annotations


def trimmed(path: str) -> str:
    """Return a path without what says nothing at its end: separators and `.` parts."""
    end = len(path)
    while end:
        # A `.` counts only where the path begins with it.
        if path[end - 1] == "/" or (path[end - 1] == "." and path[end - 2 : end - 1] == "/"):
            end -= 1
        else:
            break
    return path[:end] if end or not path.startswith("/") else "/"


def parent(path: str) -> str | None:
    """Return a path without its last part; empty for a single part, None where there is none to drop."""
    whole = trimmed(path)
    if whole in ("", "/"):
        return None
    return trimmed(whole[: whole.rfind("/") + 1])


def last_name(path: str) -> str | None:
    """Return the last part of a path, or None when that is the root, `.` or `..`."""
    whole = trimmed(path)
    name = whole[whole.rfind("/") + 1 :]
    return name if name not in ("", ".", "..") else None


def parts(path: str) -> list[str]:
    """Return the parts of a path; the root is the part `/`."""
    found = ["/"] if path.startswith("/") else []
    for name in path.split("/"):
        if name and (name != "." or not found):
            found.append(name)
    return found
