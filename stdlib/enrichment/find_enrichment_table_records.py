"""The `find_enrichment_table_records` function."""

from dtl.functions import Arguments, Context, Effect, function
from dtl.types.annotations import Array, Boolean, Fallible, Maybe, Object, Static, String

from ._lookup import check_table, look_up


@function(effect=Effect.ENVIRONMENT)
def find_enrichment_table_records(
    table: Static[String],
    condition: Object,
    select: Maybe[Array] = None,
    case_sensitive: Static[Boolean] = True,
    wildcard: Maybe[String] = None,
    *,
    context: Context,
) -> Fallible[list[Object]]:
    """Return the rows of a table that fit a condition.

    A condition names columns and their values; all must agree. For a column of times the value may be
    `{ "from": t, "to": u }`, either of which may be left out. The host reads the table from a file, and again once
    the file has changed.

    Args:
        table: The table's name.
        condition: The columns' values.
        select: The columns to return; all if it is not given.
        case_sensitive: Whether texts must agree in case.
        wildcard: A value that, in the table, agrees with any that the condition wants.

    Raises:
        There is no such table.
        A limit of a range is no timestamp.

    Examples:
        Find all rows of a team:
            >>> find_enrichment_table_records!("people", { "team": "web" }, select: ["name"])  # not run: needs a table
            [{ "name": "ann" }, { "name": "bob" }]

        There is no such table:
            >>> find_enrichment_table_records!("nothing", { "team": "web" })
            error: unknown enrichment table "nothing": no enrichment tables are registered

        A limit is a text:
            >>> find_enrichment_table_records!("people", { "born": { "from": "1990" } })  # not run: needs a table
            error: from in condition must be a timestamp
    """
    return look_up(context, table, condition, select, case_sensitive, wildcard)


@find_enrichment_table_records.check
def _(arguments: Arguments) -> None:
    check_table(arguments)
