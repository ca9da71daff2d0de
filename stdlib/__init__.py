"""The standard library: a folder per category, a file per function."""

import os

#: Where the functions are.
FOLDER = os.path.dirname(__file__)

#: The design's other names for functions, known in dialect dtl.
ALIASES = {
    "uppercase": "upcase",
    "lowercase": "downcase",
    "to_upper": "upcase",
    "to_lower": "downcase",
    "trim": "strip_whitespace",
    "strip": "strip_whitespace",
    "size": "length",
    "to_json": "encode_json",
    "from_json": "parse_json",
    "to_integer": "to_int",
    "to_boolean": "to_bool",
}
