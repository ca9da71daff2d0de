"""The `match_datadog_query` function."""

from functools import lru_cache

from dtl.functions import FunctionError, InvalidArgument, function
from dtl.types.annotations import Boolean, Object, Static, String
from dtl.values.text import replaced

from ._search_match import InvalidField, Test, compile_query
from ._search_reader import read_query


@function(own_checks=("value",))
def match_datadog_query(value: Object, query: Static[String]) -> Boolean:
    """Tell whether an object matches a query in Datadog's search syntax.

    A word or a phrase in quotes is searched in `message` and a few fields like it. `name:word` searches the tags
    (texts `name:word` in the array `tags`) or, for the names Datadog reserves (`host`, `source`, `status`, `service`,
    `trace_id`, `timestamp`, `message`, `tags`), that field; `@path:word` searches any field. A word may have `*`,
    a range is `[1 TO 5]` or (without its ends) `{1 TO 5}`, a comparison `>=5`; `_exists_:name` and `_missing_:name`
    ask for the field itself. AND, OR, NOT (or `-`) and parentheses join parts; AND is meant where nothing stands.

    Args:
        value: The object; anything else is searched like an empty one.
        query: The query.

    Examples:
        Search the message:
            >>> match_datadog_query({ "message": "disk is full" }, "disk AND NOT empty")
            true

        Compare a field:
            >>> match_datadog_query({ "http": { "status": 503 } }, "@http.status:>=500")
            true

        Search the tags:
            >>> match_datadog_query({ "tags": ["env:prod", "team:web"] }, "env:dev OR team:w*")
            true
    """
    test: Test = query  # type: ignore[assignment]
    return test(value if isinstance(value, dict) else {})


@match_datadog_query.prepare("query")
@lru_cache(maxsize=256)
def _(query: str) -> Test:
    try:
        return compile_query(read_query(replaced(query)))
    except InvalidField:
        raise InvalidArgument("failed to build matcher") from None
    except FunctionError as reason:
        raise InvalidArgument(reason.message, code=0) from None
