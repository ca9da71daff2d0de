"""The `decode_mime_q` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced

from ._encoded_word import decode_words


@function
def decode_mime_q(value: String) -> Fallible[String]:
    """Decode the encoded words of a mail header.

    An encoded word looks like `=?charset?B?base64?=` or `=?charset?Q?quoted=20printable?=`. A text without one may
    be the inside of a word, `charset?Q?text`; otherwise it stays as it is.

    Args:
        value: The header.

    Raises:
        An encoded word has another encoding than `B` and `Q`.
        An encoded word in base64 is wrong.
        An encoded word is in an unknown character set.

    Examples:
        Two words:
            >>> decode_mime_q!("Re: =?utf-8?Q?caf=C3=A9?= =?utf-8?B?YmFy?=")
            "Re: café bar"

        Nothing to decode:
            >>> decode_mime_q!("Re: lunch")
            "Re: lunch"

        An unknown encoding:
            >>> decode_mime_q!("=?utf-8?X?abc?=")
            error: Invalid encoding: "X"

        Not base64:
            >>> decode_mime_q!("=?utf-8?B?abc?=")
            error: Unable to decode base64 value

        An unknown character set:
            >>> decode_mime_q!("=?ebcdic?Q?abc?=")
            error: Unable to decode "ebcdic" value
    """
    return decode_words(replaced(value))
