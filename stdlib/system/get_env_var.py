"""The `get_env_var` function."""

import os

from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import is_utf8


@function(effect=Effect.ENVIRONMENT)
def get_env_var(name: String) -> Fallible[String]:
    """Return the value of an environment variable.

    Args:
        name: The variable's name.

    Raises:
        There is no such variable.
        Its value is not UTF-8.

    Examples:
        Ask for a variable:
            >>> get_env_var!("PATH")  # not run: depends on the machine
            "/usr/bin:/bin"

        There is no such variable:
            >>> get_env_var!("NO_SUCH_VARIABLE_HERE")
            error: environment variable not found

        The value is not UTF-8:
            >>> get_env_var!("NAME_IN_LATIN_1")  # not run: depends on the machine
            error: environment variable was not valid unicode
    """
    value = None if "\0" in name else os.environ.get(name)
    if value is None:
        raise FunctionError("environment variable not found")
    if not is_utf8(value):
        raise FunctionError("environment variable was not valid unicode")
    return value
