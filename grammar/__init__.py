"""The language as data: where the grammar and the table built from it are."""

from __future__ import annotations

from pathlib import Path

GRAMMAR = Path(__file__).with_name("dtl.lark")
TABLE = Path(__file__).with_name("dtl.table.json")
