"""Enrichment tables find rows, know types, and notice when their file changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dtl.functions.context import Context
from dtl.functions.standard import standard_library
from dtl.stdlib.enrichment._load import load_table
from dtl.stdlib.enrichment._table import TableError
from dtl.values.errors import FunctionError
from dtl.values.timestamp import Timestamp

_PEOPLE = "id,name,team,born\n1,Ann,web,1985-03-01\n2,Bob,web,1990-05-05\n3,Cid,ops,1985-07-01\n4,Any,*,1999-01-01\n"
_TYPES = {"id": "integer", "born": "date"}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(_PEOPLE)
    return file


def find(path: Path, condition: Any, *rest: Any, types: Any = _TYPES) -> list[Any]:
    """Call find_enrichment_table_records on a table of the file."""
    return call("find_enrichment_table_records", load_table("people", path, types), condition, *rest)


def call(name: str, table: Any, condition: Any, select: Any = None, exact: bool = True, wildcard: Any = None) -> Any:
    """Call a function with the table among the host's."""
    function = standard_library().get(name)
    assert function is not None
    return function("people", condition, select, exact, wildcard, context=Context(tables={"people": table}))


def ids(rows: list[Any]) -> list[int]:
    """Return the ids of rows."""
    return [row["id"] for row in rows]


def test_values_are_compared_with_their_kind(people: Path) -> None:
    assert ids(find(people, {"id": 3})) == [3]
    assert find(people, {"id": "3"}) == []
    assert find(people, {"id": 3.0}) == []
    assert ids(find(people, {"team": "web", "name": "Bob"})) == [2]


def test_case(people: Path) -> None:
    assert find(people, {"team": "WEB"}) == []
    assert ids(find(people, {"team": "WEB"}, None, False)) == [1, 2]


def test_a_wildcard_in_the_table_agrees_with_all(people: Path) -> None:
    assert ids(find(people, {"team": "ops"}, None, True, "*")) == [3, 4]
    assert ids(find(people, {"team": "none"}, None, True, "*")) == [4]


def test_ranges_of_dates(people: Path) -> None:
    first, last = Timestamp(473_385_600), Timestamp(504_921_600)  # 1985 and 1986 begin
    assert ids(find(people, {"born": {"from": first, "to": last}})) == [1, 3]
    assert ids(find(people, {"born": {"from": last}})) == [2, 4]
    assert ids(find(people, {"born": {"to": last}, "team": "ops"})) == [3]
    assert find(people, {"name": {"from": first}}) == []


def test_select(people: Path) -> None:
    assert find(people, {"id": 1}, ["name", "nothing"]) == [{"name": "Ann"}]


def test_an_unknown_column_finds_nothing(people: Path) -> None:
    assert find(people, {"nothing": 1}) == []


def test_types_beside_the_table(people: Path) -> None:
    assert find(people, {"id": "1"}, ["id"], types=None) == [{"id": "1"}]
    people.with_suffix(".schema.json").write_text('{"id": "integer"}')
    assert find(people, {"id": 1}, ["id"], types=None) == [{"id": 1}]


def test_one_row(people: Path) -> None:
    table = load_table("people", people, _TYPES)
    assert call("get_enrichment_table_record", table, {"id": 2}, ["name"]) == {"name": "Bob"}
    for condition, message in (({"id": 9}, "no rows found"), ({"team": "web"}, "more than one row found")):
        with pytest.raises(FunctionError, match=message):
            call("get_enrichment_table_record", table, condition)


def test_a_changed_file_is_read_again(people: Path) -> None:
    table = load_table("people", people, _TYPES)
    people.write_text(_PEOPLE + "5,Dan,web,2000-01-01\n")
    os.utime(people, ns=(1, 1))
    assert ids(call("find_enrichment_table_records", table, {"team": "web"})) == [1, 2, 5]


@pytest.mark.parametrize("text", ["id,born\nx,1985-01-01\n", "id,born\n1,yesterday\n", "id,born\n1\n"])
def test_a_bad_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    with pytest.raises(TableError):
        load_table("bad", file, _TYPES)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        load_table("none", tmp_path / "none.csv")
