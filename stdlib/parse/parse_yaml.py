"""The `parse_yaml` function."""

from __future__ import annotations

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Json, String
from dtl.values.text import replaced
from dtl.values.value import Value

from ._yaml import InvalidYaml, read_yaml


@function
def parse_yaml(value: String) -> Fallible[Json]:
    """Read a value from a YAML document.

    Scalars are those of YAML 1.2: `yes` and dates are strings, and a leading 0 does not make a number octal. Aliases
    are followed, merge keys are not. Keys are the text that is written; of equal ones the last counts.

    Args:
        value: The document.

    Raises:
        `value` is not YAML, or several documents.
        `value` holds what JSON cannot, such as tags of its own and keys that are no scalars.

    Examples:
        An object:
            >>> parse_yaml!("lamp: red\\nwatts: [4.5, 7]\\non: yes")
            {"lamp": "red", "on": "yes", "watts": [4.5, 7]}

        Not YAML:
            >>> parse_yaml!("lamp: red: dim")
            error: unable to parse yaml: mapping values are not allowed in this context at line 1 column 10

        A tag:
            >>> parse_yaml!("lamp: !color red")
            error: unable to parse yaml: lamp: invalid type: enum, expected any valid JSON value at line 1 column 7
    """
    try:
        found: Value = read_yaml(replaced(value))
    except InvalidYaml as reason:
        raise FunctionError(f"unable to parse yaml: {reason}") from None
    return found
