"""Protocol buffers, for `encode_proto` and `parse_proto`: descriptor sets, message types, messages and values."""

from ._proto_decode import decode_message
from ._proto_descriptors import check_types, load_descriptors
from ._proto_encode import encode_message
from ._proto_types import Descriptors, Message

__all__ = ["Descriptors", "Message", "check_types", "decode_message", "encode_message", "load_descriptors"]
