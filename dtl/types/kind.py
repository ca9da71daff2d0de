"""The kinds of value that a type may allow, as bits."""

from __future__ import annotations

from enum import Enum, IntFlag

from dtl.values.instant import Timestamp
from dtl.values.regex import Regex


class Kind(IntFlag):
    """The states of a type, in the order in which messages name them."""

    STRING = 1
    INTEGER = 2
    FLOAT = 4
    BOOLEAN = 8
    TIMESTAMP = 16
    REGEX = 32
    NULL = 64
    UNDEFINED = 128
    ARRAY = 256
    OBJECT = 512


STRING, INTEGER, FLOAT, BOOLEAN, TIMESTAMP, REGEX, NULL, UNDEFINED, ARRAY, OBJECT = (int(kind) for kind in Kind)
#: The kind of each Python form of a value.
KIND_OF: dict[type, int] = {
    str: STRING,
    int: INTEGER,
    float: FLOAT,
    bool: BOOLEAN,
    Timestamp: TIMESTAMP,
    Regex: REGEX,
    type(None): NULL,
    list: ARRAY,
    dict: OBJECT,
}

ALL = 1023
JSON_KINDS = ALL & ~(TIMESTAMP | REGEX)
CONTAINERS = ARRAY | OBJECT
NUMBERS = INTEGER | FLOAT


class Infinite(Enum):
    """An unknown part that may nest without end: anything at all, or anything JSON can hold."""

    ANY = "any"
    JSON = "json"
