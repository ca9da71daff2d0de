"""Read any `key=value` line, field by field."""

from __future__ import annotations

from dtl.functions import FunctionError
from dtl.values.text import WHITE_SPACE
from dtl.values.value import Value

from ._key_value_plain import plain_field
from ._key_value_text import BLANKS, LineText, unescaped
from ._report import report


class Line:
    """The rules of a line; `parse` reads one.

    Attributes:
        key_value: What stands between a key and its value.
        field: What stands between two fields.
        strict: No white space may stand around `key_value`.
        standalone: A key may stand without a value.
    """

    def __init__(self, key_value: str, field: str, strict: bool, standalone: bool) -> None:
        self.key_value = key_value
        self.field = field
        self.strict = strict
        self.standalone = standalone
        self.plain_field = plain_field(key_value, field, standalone)

    def parse(self, text: str) -> list[tuple[str, Value]]:
        """Return the fields of a line in order; a key without a value has `true`.

        Raises:
            FunctionError: The first field is none, or text is left over.
        """
        return _Scan(self, text).fields()


class _Scan(LineText):
    """One line being read."""

    def __init__(self, rules: Line, text: str) -> None:
        super().__init__(text, rules.key_value, rules.field)
        self.rules = rules
        self.trimmed_mark = (-1, -1)

    def fields(self) -> list[tuple[str, Value]]:
        text, plain = self.text, self.rules.plain_field
        problems: list[tuple[int, str]] = []
        pairs: list[tuple[str, Value]] = []
        at = after = 0
        while after >= 0:
            match = plain(text, after) if plain else None
            if match is not None:
                key, bare, quoted = match.groups()
                pairs.append((key, bare if bare is not None else True if quoted is None else unescaped(quoted)))
                at = match.end()
            else:
                found = self.pair(after, problems)
                if found is None:
                    break
                key, value, at = found
                pairs.append((key, value))
            after = self.separator(at, self.rules.field)
        if not pairs:
            raise FunctionError(report(text, problems))
        if text[at:].strip(WHITE_SPACE):
            raise FunctionError("could not parse whole line successfully")
        return pairs

    def pair(self, at: int, problems: list[tuple[int, str]]) -> tuple[str, Value, int] | None:
        """Return the key and value that begin at a place, and where they end; else say why there are none."""
        rules, text = self.rules, self.text
        begin, start = at, BLANKS.match(text, at).end()
        key, at = self.key(start)
        if not key:
            # Blanks up to the end of the text count as not yet read.
            problems.append((start if start < len(text) else begin, "Verify"))
            return None
        mark = at if rules.strict else BLANKS.match(text, at).end()
        marked = text.startswith(rules.key_value, mark)
        if marked:
            end = mark + len(rules.key_value)
            end = end if rules.strict else BLANKS.match(text, end).end()
            if end == at:
                problems.append((at, "ManyMN"))
                return None
            at = end
        elif not rules.standalone:
            problems += [(mark if mark < len(text) else at, "Tag"), (at, "ManyMN")]
            return None
        value, at = self.value(at)
        return key, value if marked else True, at

    def key(self, at: int) -> tuple[str, int]:
        """Return the key at a place, empty if there is none, and where it ends."""
        rules, text = self.rules, self.text
        quoted = self.quoted(at, (rules.key_value, rules.field) if rules.standalone else (rules.key_value,))
        if quoted is not None:
            return quoted
        mark = self.find_mark(at)
        if not rules.standalone:
            return text[at:mark].strip(WHITE_SPACE), mark
        key = self.key_before(at, mark)
        if key:
            return key, mark
        end = self.find_field(at)
        return text[at:end].strip(WHITE_SPACE), end

    def key_before(self, at: int, mark: int) -> str:
        """Return the text up to a mark, empty if it holds a field's end."""
        text = self.text
        if self.trimmed_mark[0] != mark:
            end = mark
            while end > at and text[end - 1] in WHITE_SPACE:
                end -= 1
            self.trimmed_mark = (mark, end)
        end = max(self.trimmed_mark[1], at)
        while at < end and text[at] in WHITE_SPACE:
            at += 1
        return "" if text.find(self.rules.field, at, end) >= 0 else text[at:end]

    def value(self, at: int) -> tuple[str, int]:
        """Return the value at a place, and where it ends."""
        quoted = self.quoted(at, (self.rules.field,))
        if quoted is not None:
            return quoted
        end = self.find_field(at)
        return self.text[at:end].strip(WHITE_SPACE), end
