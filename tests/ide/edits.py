"""Random edits of programs, and the comparison of what an edited snapshot says with a fresh one."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dtl.check import CheckOptions
from dtl.functions.standard import standard_library
from dtl.ide.analysis import Analysis, Analyzer
from dtl.ide.completion import complete
from dtl.ide.findings import findings
from dtl.ide.hover import hover
from dtl.ide.signature import signature_help
from dtl.source import Source

PIECES = (
    *" \n;.,:(){}[]|!\"'#%=?+-<>&\\_@",
    *"abcxyz019é漢😀",
    "if ", "else ", "fn ", "match ", "=> ", "-> |x| ", "??", "err", "null", "parse_json(", "upcase!(",
    ".message", ".a.b[0]",
    "x = 1\n", "\n.y = x\n", "{{ x }}", "r'", "t'", "s'", "for i in .a { ", "}",
    "try {", " catch e {", 'import "a.dtl"', "abort", "# dtl: allow(E900)\n",
)  # fmt: skip


def analyzer(dialect: str = "dtl") -> Analyzer:
    """Return an analyzer of the standard library."""
    return Analyzer(standard_library(), CheckOptions(dialect=dialect))


def analysis_of(text: str, dialect: str = "dtl") -> Analysis:
    """Return a fresh snapshot of a text."""
    return analyzer(dialect).analyze(Source(text, "test.dtl"))


def random_edits(text: str, count: int, seed: int) -> Iterator[tuple[str, Analysis]]:
    """Edit a text at random places and give each version with its snapshot; now and then begin again."""
    chance = random.Random(seed)
    original, editor = text, analyzer()
    editor.analyze(Source(text, "test.dtl"))
    for step in range(count):
        start = chance.randrange(len(text) + 1)
        kind = chance.random()
        if step % 60 == 59:
            text = original
        elif kind < 0.55:
            text = text[:start] + chance.choice(PIECES) + text[start:]
        elif kind < 0.85:
            text = text[:start] + text[start + chance.randrange(1, 8) :]
        else:
            end = start + chance.randrange(1, 40)
            target = chance.randrange(len(text) + 1)
            text = text[:target] + text[start:end] + text[target:]
        analysis = editor.analyze(Source(text, "test.dtl"))
        offset = min(start, len(text))
        hover(analysis, offset)
        complete(analysis, offset)
        signature_help(analysis, offset)
        yield text, analysis


def compare_with_fresh(text: str, analysis: Analysis) -> None:
    """Check that a snapshot says what one made from nothing says."""
    fresh = analysis_of(text)
    assert fresh.tree == analysis.tree
    assert [(f.span, f.code, f.message, f.notes) for f in findings(analysis)] == [
        (f.span, f.code, f.message, f.notes) for f in findings(fresh)
    ]
    assert dict(fresh.checked.types.items()) == dict(analysis.checked.types.items())
    for offset in range(0, len(text), max(1, len(text) // 7)):
        assert hover(analysis, offset) == hover(fresh, offset)
        assert signature_help(analysis, offset) == signature_help(fresh, offset)
