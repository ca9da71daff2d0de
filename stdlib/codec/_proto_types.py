"""Message types of protocol buffers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dtl.functions import InvalidArgument

#: Types of fields by their number in a descriptor.
TYPES = (
    "", "double", "float", "int64", "uint64", "int32", "fixed64", "fixed32", "bool", "string", "group", "message",
    "bytes", "uint32", "enum", "sfixed32", "sfixed64", "sint32", "sint64",
)  # fmt: skip


@dataclass(slots=True)
class Field:
    """A field of a message.

    Attributes:
        type: One of TYPES.
        target: The message or enumeration of a field that has such a type.
        repeated: Whether it is a list (or a map).
        packed: Whether numbers of a list are written together.
        explicit: Whether it is known to be absent, so that a default value is written too.
        choice: The number of the `oneof` that it belongs to, if so: only one field of it can be present.
    """

    name: str
    number: int
    type: str
    type_name: str = ""
    repeated: bool = False
    packed: bool = False
    explicit: bool = True
    choice: int | None = None
    target: Any = None


@dataclass(slots=True)
class Message:
    """A message type; fields by number, in the order of their numbers."""

    name: str
    fields: dict[int, Field] = field(default_factory=dict)
    is_map_entry: bool = False


@dataclass(slots=True)
class Enumeration:
    """An enumeration: names and numbers in the order of the declaration."""

    name: str
    values: list[tuple[str, int]] = field(default_factory=list)

    @property
    def short_name(self) -> str:
        """Return the name without package and outer messages."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Descriptors:
    """The types of a descriptor set, by full name without a leading dot."""

    path: str
    messages: dict[str, Message]

    def message(self, name: str) -> Message:
        """Return a message type.

        Raises:
            InvalidArgument: There is none of that name.
        """
        found = self.messages.get(name)
        if found is None:
            message = f"The message type '{name}' could not be found in '{self.path}'"
            raise InvalidArgument(message, parameter="message_type")
        return found
