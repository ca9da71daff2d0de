"""The words for tokens: their kinds, and what more may be true of one.

They stand alone, since a server names them before it has anything to colour.
"""

KINDS = (
    "variable",
    "parameter",
    "property",
    "function",
    "method",
    "keyword",
    "string",
    "number",
    "regexp",
    "operator",
    "type",
    "comment",
    "namespace",
)
MODIFIERS = ("declaration", "modification", "defaultLibrary", "readonly")
