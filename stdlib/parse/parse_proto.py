"""The `parse_proto` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, File, Json, Static, String
from dtl.values.text import to_bytes

from ..codec._proto import Descriptors, check_types, decode_message, load_descriptors


@function
def parse_proto(value: String, desc_file: File[Static[String]], message_type: Static[String]) -> Fallible[Json]:
    """Read a message of protocol buffers into an object.

    Enumerations become names, bytes strings. Fields that are absent, or in proto3 have their default, are left out.

    Args:
        value: The message's bytes.
        desc_file: The path of a file descriptor set, as `protoc --include_imports --descriptor_set_out` makes it;
            it is read when the program is compiled.
        message_type: The full name of the message type, package included.

    Raises:
        `desc_file` cannot be read, or is no descriptor set.
        `message_type` is not in the descriptor set.
        `value` is no such message.

    Examples:
        A message in base64:
            >>> parse_proto!(decode_base64!("CgNhZGE="), "person.desc", "shop.v1.Person")  # not run: needs a file
            { "name": "ada" }

        No such file:
            >>> parse_proto!("", "nowhere.desc", "shop.v1.Person")
            error: Failed to open protobuf desc file 'nowhere.desc': No such file or directory

        No such type:
            >>> parse_proto!("", "person.desc", "shop.v1.Parson")  # not run: needs a file
            error: The message type 'shop.v1.Parson' could not be found in 'person.desc'

        Not a message:
            >>> parse_proto!("xyz", "person.desc", "shop.v1.Person")  # not run: needs a file
            error: Error parsing protobuf: DecodeError { description: "invalid varint", stack: [] }
    """
    descriptors: Descriptors = desc_file  # type: ignore[assignment]
    return decode_message(descriptors.message(message_type), to_bytes(value))


parse_proto.prepare("desc_file")(load_descriptors)
parse_proto.check(check_types)
