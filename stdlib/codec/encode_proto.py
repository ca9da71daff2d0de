"""The `encode_proto` function."""

from typing import cast

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean, Fallible, File, Static, String
from dtl.values.text import from_bytes

from ._proto import Descriptors, check_types, encode_message, load_descriptors


@function
def encode_proto(
    value: AnyValue,
    desc_file: File[Static[String]],
    message_type: Static[String],
    allow_lossy_string_coercion: Boolean = True,
) -> Fallible[String]:
    """Write an object as a message of protocol buffers.

    Fields that the message type lacks are left out, as are null fields. Enumerations are given by name or number,
    numbers also as text, and `google.protobuf.Timestamp` as a timestamp.

    Args:
        value: The object.
        desc_file: The path of a file descriptor set, as `protoc --include_imports --descriptor_set_out` makes it;
            it is read when the program is compiled.
        message_type: The full name of the message type, package included.
        allow_lossy_string_coercion: Whether string fields also take numbers, booleans and timestamps.

    Raises:
        `desc_file` cannot be read, or is no descriptor set.
        `message_type` is not in the descriptor set.
        `value` is not an object.
        A field's value does not suit its type.

    Examples:
        A message in base64:
            >>> encode_base64(encode_proto!({"name": "ada"}, "person.desc", "shop.v1.Person"))  # not run: needs a file
            "CgNhZGE="

        No such file:
            >>> encode_proto!({}, "nowhere.desc", "shop.v1.Person")
            error: Failed to open protobuf desc file 'nowhere.desc': No such file or directory

        No such type:
            >>> encode_proto!({}, "person.desc", "shop.v1.Parson")  # not run: needs a file
            error: The message type 'shop.v1.Parson' could not be found in 'person.desc'

        Not an object:
            >>> encode_proto!("ada", "person.desc", "shop.v1.Person")  # not run: needs a file
            error: ProtobufSerializer only supports serializing objects

        A wrong type:
            >>> encode_proto!({"age": true}, "person.desc", "shop.v1.Person")  # not run: needs a file
            error: Error converting age field: Cannot encode `boolean` into protobuf `int32`
    """
    message = cast(Descriptors, desc_file).message(message_type)
    return from_bytes(encode_message(message, value, allow_lossy_string_coercion))


encode_proto.prepare("desc_file")(load_descriptors)
encode_proto.check(check_types)
