"""The named patterns in a grok pattern, replaced by their definitions."""

from __future__ import annotations

import re

_NAMED = re.compile(r"%\{((?P<name>[A-z0-9]+)(?::(?P<field>[A-z0-9_:;/\s.]+))?)(?:=(?P<definition>[^{}]+))?\}")
_MOST_EXPANSIONS = 1024


class InvalidRule(ValueError):
    """A rule cannot be compiled; `str()` gives the reason in the words of VRL's messages."""


def expand(source: str, definitions: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Replace named patterns; return the expression, and the field of each group that is one.

    Args:
        source: A grok pattern.
        definitions: The named patterns; those that the pattern defines itself are added.

    Raises:
        InvalidRule: A name has no pattern, or the patterns name each other without end.
    """
    fields: dict[str, str] = {}
    count = 0
    for _ in range(_MOST_EXPANSIONS):
        found = _NAMED.search(source)
        if found is None:
            return source, {group: name for name, group in fields.items()}
        text, name = found[0], found["name"]
        if found["definition"] is not None:
            definitions[name] = found["definition"]
        if name not in definitions:
            raise InvalidRule(f'The given pattern definition name "{name}" could not be found in the definition map')
        for _ in range(source.count(text)):
            if found["field"] is None:
                opening = "(?:"
            else:
                fields[found["field"]] = f"name{count}"
                opening = f"(?<name{count}>"
            source = source.replace(text, f"{opening}{definitions[name]})", 1)
            count += 1
    raise InvalidRule(f"Recursion while compiling reached the limit of {_MOST_EXPANSIONS}")
