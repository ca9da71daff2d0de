"""Characters compared without regard to case."""

from __future__ import annotations


def equal_but_for_case(left: str, right: str) -> bool:
    """Tell whether two characters are equal in lower case.

    Where one has a longer lower case form than the other, the longer one's rest does not count.
    """
    if left == right:
        return True
    return all(a == b for a, b in zip(left.lower(), right.lower(), strict=False))
