"""How a parser of nested text tells where it stopped: each rule that was under way, or the character it wanted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a trace.

    Attributes:
        place: Where the rule began, or where the character was missing, in characters.
        rule: The rule's name, if it is one.
        wanted: The character, if it is one.
    """

    place: int
    rule: str = ""
    wanted: str = ""


def show_trace(text: str, steps: list[Step]) -> str:
    """Return a trace as text, the innermost step first, each with its line and a mark below the place."""
    return "".join(f"{number}: {_show(text, step)}\n\n" for number, step in enumerate(steps))


def _show(text: str, step: Step) -> str:
    if not text:
        return f"expected '{step.wanted}', got empty input" if step.wanted else f"in {step.rule}, got empty input"
    begin = text.rfind("\n", 0, step.place) + 1
    line = text[begin:].split("\n", 1)[0].rstrip()
    mark = f"{'^':>{len(text[begin : step.place].encode()) + 1}}"
    head = f"at line {text.count(chr(10), 0, step.place) + 1}"
    if not step.wanted:
        return f"{head}, in {step.rule}:\n{line}\n{mark}"
    found = f"found {text[step.place]}" if step.place < len(text) else "got end of input"
    return f"{head}:\n{line}\n{mark}\nexpected '{step.wanted}', {found}"
