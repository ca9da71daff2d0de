"""The parser's table is that of the grammar."""

from __future__ import annotations

from pathlib import Path

from dtl.grammar import TABLE
from dtl.syntax.table import build_table, write_text


def test_the_table_is_fresh() -> None:
    """`python -m dtl.syntax.table` makes it so; Lark would have refused a conflict."""
    assert Path(TABLE).read_text(encoding="utf-8") == write_text(build_table())
