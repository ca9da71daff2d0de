"""The language as data: where the grammar and the table built from it are."""

from __future__ import annotations

import os

_FOLDER = os.path.dirname(__file__)

#: The paths of the files. Plain text, as `pathlib` takes a while to import.
GRAMMAR = os.path.join(_FOLDER, "dtl.lark")
TABLE = os.path.join(_FOLDER, "dtl.table.json")
