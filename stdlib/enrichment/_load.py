"""Tables from files, told by their endings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ._csv_table import CsvTable
from ._mmdb_table import MmdbTable
from ._table import Table


def load_table(name: str, path: str | Path, schema: Mapping[str, str] | None = None) -> Table:
    """Return the table of a file.

    Args:
        name: What programs call it.
        path: A CSV file whose first line names the columns, or (`.mmdb`) a MaxMind database.
        schema: The types of a CSV file's columns: `string`, `integer`, `float`, `boolean`, `date`, `timestamp`, the
            last two perhaps with a format behind a bar (`date|%d.%m.%Y`). A column not named holds strings. Where
            this is None, a file beside the table with the same name and the ending `.schema.json` has the types.

    Raises:
        TableError: The file cannot be read, or a value is not of its column's type.
    """
    file = Path(path)
    if file.suffix.lower() == ".mmdb":
        return MmdbTable(name, file)
    return CsvTable(name, file, schema)
