"""How a failed line parser tells where it stopped: the line, a mark below the place, and the rule that failed."""

from __future__ import annotations

from dtl.values.text import WHITE_SPACE


def report(text: str, problems: list[tuple[int, str]]) -> str:
    """Return the text of a failure.

    Args:
        text: What was parsed.
        problems: The character offset and the name of each rule that failed, the innermost first.
    """
    if not text:
        return "".join(f"{number}: in {rule}, got empty input\n\n" for number, (_, rule) in enumerate(problems))
    parts = []
    for number, (place, rule) in enumerate(problems):
        begin = text.rfind("\n", 0, place) + 1
        line = text[begin:].split("\n", 1)[0].rstrip(WHITE_SPACE)
        column = len(text[begin:place].encode()) + 1
        row = text.count("\n", 0, place) + 1
        parts.append(f"{number}: at line {row}, in {rule}:\n{line}\n{'^':>{column}}\n\n")
    return "".join(parts)
