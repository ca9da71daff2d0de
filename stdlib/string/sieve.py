"""The `sieve` function."""

from dtl.functions import function
from dtl.types.annotations import Regex, String
from dtl.values.text import byte_length, replaced


@function(checked_last=("permitted_characters",))
def sieve(
    value: String, permitted_characters: Regex, replace_single: String = "", replace_repeated: String = ""
) -> String:
    """Keep only what a pattern matches.

    What lies before or between matches is dropped or replaced; what follows the last match is dropped.

    Args:
        value: The text.
        permitted_characters: Matches what is kept.
        replace_single: What stands for a single byte that is not kept.
        replace_repeated: What stands for several bytes in a row that are not kept.

    Examples:
        Letters and digits only:
            >>> sieve("ab-c!?1", r'[a-z0-9]')
            "abc1"

        With signs for what is gone:
            >>> sieve("ab-c!?1", r'[a-z0-9]', replace_single: "_", replace_repeated: "<gone>")
            "ab_c<gone>1"
    """
    text = replaced(value)
    single, repeated = replaced(replace_single), replaced(replace_repeated)
    pieces = []
    at = 0
    for start, end in permitted_characters.find_iter(text):
        if start > at:
            pieces.append(single if byte_length(text[at:start]) == 1 else repeated)
        pieces.append(text[start:end])
        at = end
    return "".join(pieces)
