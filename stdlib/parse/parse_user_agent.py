"""The `parse_user_agent` function."""

from typing import Literal

from dtl.functions import Arguments, function
from dtl.types.annotations import Object, String
from dtl.types.type import NULL_TYPE, STRING_TYPE, Type, object_of
from dtl.values.text import replaced

from ._user_agent import FULL, MODES, SHORT, Agent


@function
def parse_user_agent(value: String, mode: Literal["fast", "reliable", "enriched"] = "fast") -> Object:
    """Tell browser, operating system and device from a user agent's text.

    The fields of the result depend on the mode only; what cannot be told is null.

    Args:
        value: The user agent.
        mode: `fast` asks one classifier, `reliable` a second one where the first does not know browser or system,
            `enriched` both, for more fields.

    Examples:
        Classify quickly:
            >>> parse_user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0").browser
            { "family": "Firefox", "version": "115.0" }

        Ask for all fields:
            >>> parse_user_agent("Opera/9.80 (Windows NT 5.1) Presto/2.5.22 Version/10.50", mode: "enriched").browser
            { "family": "Opera", "major": "10", "minor": "50", "patch": null, "version": "10.50" }
    """
    agent: Agent = MODES[mode](replaced(value))
    return agent


@parse_user_agent.typed
def _(arguments: Arguments) -> Type:
    schema = FULL if arguments.constant("mode", "fast") == "enriched" else SHORT
    text = STRING_TYPE | NULL_TYPE
    return object_of({part: object_of({name: text for name in names}) for part, names in schema.items()})
