"""The public suffix list: under which names anyone can register a domain."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .._optional import missing


class InvalidList(ValueError):
    """A text is not a public suffix list."""


class SuffixList:
    """The rules of a list, in Unicode and as they stand in DNS."""

    def __init__(self, text: str) -> None:
        """Read a list.

        Raises:
            InvalidList: It has no rules. Rules count behind a line that begins a section only.
        """
        self._rules: set[str] = set()
        section = False
        for line in text.split("\n"):
            section = section or "===BEGIN " in line
            words = line.split()
            if section and words and not line.startswith("//"):
                self._rules |= {words[0], _in_dns(words[0])}
        if not self._rules:
            raise InvalidList("no rules")

    def suffix(self, domain: str) -> tuple[str, bool] | None:
        """Return the domain's public suffix and whether a rule says so; without one it is the last label.

        Case counts: rules are in lower case. An empty name has no suffix.
        """
        if not domain:
            return None
        body, dot = (domain[:-1], ".") if domain.endswith(".") else (domain, "")
        labels = body.split(".")
        for start in range(len(labels)):
            name, parent = ".".join(labels[start:]), ".".join(labels[start + 1 :])
            if f"!{name}" in self._rules:
                return parent + dot, True
            if name in self._rules or (parent and f"*.{parent}" in self._rules):
                return name + dot, True
        return labels[-1] + dot, False


@lru_cache(maxsize=1)
def default_list() -> SuffixList:
    """Return the list that comes as a package of its own."""
    # Lazy, as reading ten thousand rules takes a moment.
    try:
        import publicsuffixlist
    except ImportError:
        raise missing("parse_etld", "publicsuffixlist", "parse") from None
    file = Path(publicsuffixlist.__file__).parent / "public_suffix_list.dat"
    return SuffixList(file.read_text("utf-8"))


def _in_dns(rule: str) -> str:
    try:
        return rule if rule.isascii() else rule.encode("idna").decode("ascii")
    except UnicodeError:
        return rule
