"""The `get_enrichment_table_record` function."""

from dtl.functions import Arguments, Context, Effect, FunctionError, function
from dtl.types.annotations import Array, Boolean, Fallible, Maybe, Object, Static, String

from ._lookup import check_table, look_up


@function(effect=Effect.ENVIRONMENT)
def get_enrichment_table_record(
    table: Static[String],
    condition: Object,
    select: Maybe[Array] = None,
    case_sensitive: Static[Boolean] = True,
    wildcard: Maybe[String] = None,
    *,
    context: Context,
) -> Fallible[Object]:
    """Return the one row of a table that fits a condition.

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
        No row fits, or more than one.
        A limit of a range is no timestamp.

    Examples:
        Find a person:
            >>> get_enrichment_table_record!("people", { "id": "7" })  # not run: needs a table
            { "id": "7", "name": "ann", "team": "web" }

        There is no such table:
            >>> get_enrichment_table_record!("nothing", { "id": "7" })
            error: unknown enrichment table "nothing": no enrichment tables are registered

        No row fits:
            >>> get_enrichment_table_record!("people", { "id": "0" })  # not run: needs a table
            error: no rows found

        A limit is a text:
            >>> get_enrichment_table_record!("people", { "born": { "from": "1990" } })  # not run: needs a table
            error: from in condition must be a timestamp
    """
    rows = look_up(context, table, condition, select, case_sensitive, wildcard)
    if not rows:
        raise FunctionError("no rows found")
    if len(rows) > 1:
        raise FunctionError("more than one row found")
    return rows[0]


@get_enrichment_table_record.check
def _(arguments: Arguments) -> None:
    check_table(arguments)
