"""The words of a command line, read without argparse where they are plain.

Importing argparse and making a parser takes longer than a small run. The options are declared once, to something
that takes `add_argument` as argparse's parsers do; whatever is not plain (help, mistakes, `--name=value`, shortened
names, values that look like options) is left to argparse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any


class _Option:
    """One declared argument."""

    __slots__ = ("choices", "count", "default", "name", "type")

    def __init__(self, name: str, settings: dict[str, Any]) -> None:
        self.name = name
        self.default = settings.get("default")
        self.type: Callable[[str], Any] = settings.get("type", str)
        self.choices = settings.get("choices")
        #: How many words follow; 0 for a switch.
        self.count: Any = settings.get("nargs", 1)
        if settings.get("action") == "store_true":
            self.count, self.default = 0, False


class PlainWords:
    """Takes the declarations of a command's arguments, and reads words by them."""

    def __init__(self) -> None:
        self._options: dict[str, _Option] = {}
        self._positional: list[_Option] = []
        self._is_plain = True

    def add_argument(self, *names: str, **settings: Any) -> None:
        """Declare an argument as argparse's `add_argument` does."""
        long = next((name for name in names if name.startswith("--")), names[0])
        option = _Option(settings.get("dest", long.lstrip("-").replace("-", "_")), settings)
        if settings.get("action", "store_true") != "store_true":
            self._is_plain = False
        if names[0].startswith("-"):
            self._options.update(dict.fromkeys(names, option))
        else:
            self._positional.append(option)
            self._is_plain = self._is_plain and option.count == "*"

    def add_argument_group(self, *_title: str) -> PlainWords:
        """Return what takes the declarations of a group."""
        return self

    def read(self, words: Sequence[str]) -> SimpleNamespace | None:
        """Return the arguments, or None where argparse must see to them."""
        if not self._is_plain or len(self._positional) > 1:
            return None
        found: dict[str, Any] = {option.name: option.default for option in self._options.values()}
        for option in self._options.values():
            if isinstance(option.default, str):
                found[option.name] = option.type(option.default)
        positional: list[str] = []
        is_closed = False
        rest = list(words)
        while rest:
            word = rest.pop(0)
            if word == "-" or not word.startswith("-"):
                if is_closed:
                    return None
                positional.append(word)
                continue
            is_closed = bool(positional)
            if word not in self._options:
                return None
            option = self._options[word]
            if option.count not in (0, 1):
                return None
            if option.count == 0:
                found[option.name] = True
                continue
            if not rest or (rest[0].startswith("-") and rest[0] != "-"):
                return None
            try:
                value = option.type(rest.pop(0))
            except Exception:  # argparse says what is wrong
                return None
            if option.choices is not None and value not in option.choices:
                return None
            found[option.name] = value
        for option in self._positional:
            found[option.name] = positional
        return SimpleNamespace(**found)
