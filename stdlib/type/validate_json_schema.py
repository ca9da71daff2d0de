"""The `validate_json_schema` function."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, File, Static, String
from dtl.values.decode import InvalidJson, from_json
from dtl.values.text import to_bytes

from .._optional import missing

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@function
def validate_json_schema(
    value: String, schema_definition: File[Static[String]], ignore_unknown_formats: Boolean = False
) -> Fallible[Boolean]:
    """Tell whether JSON text is as a JSON schema wants it; fail with the reasons where it is not.

    A schema is read once, when it is first needed. References to other documents are not followed.

    Args:
        value: The JSON text.
        schema_definition: The path of the file with the schema.
        ignore_unknown_formats: Whether formats that are not known are taken for valid.

    Raises:
        `value` is empty.
        `value` is not JSON.
        The file cannot be read, or is not JSON.
        The schema is not valid, or has a format that is not known.
        `value` is not as the schema wants it.

    Examples:
        Validate a text:
            >>> validate_json_schema!(s'{ "name": "ann" }', "person.schema.json")  # not run: reads a file
            true

        The text is empty:
            >>> validate_json_schema!("", "person.schema.json")
            error: Empty JSON value

        The text is not JSON:
            >>> validate_json_schema!("{", "person.schema.json")
            error: Invalid JSON: EOF while parsing an object at line 1 column 1

        There is no such file:
            >>> validate_json_schema!("{}", "nowhere.schema.json")
            error: JSON schema not found: Failed to open schema definition file 'nowhere.schema.json': No such file or directory (os error 2)

        The schema has a format that is not known:
            >>> validate_json_schema!(s'{ "name": "ann" }', "person.schema.json")  # not run: reads a file
            error: Failed to compile schema: Unknown format: 'given-name'. Adjust configuration to ignore unrecognized formats

        The text is not as the schema wants it:
            >>> validate_json_schema!(s'{ "name": 7 }', "person.schema.json")  # not run: reads a file
            error: JSON schema validation failed: 7 is not of type "string" at /name
    """  # noqa: E501
    data = to_bytes(value)
    if not data:
        raise FunctionError("Empty JSON value")
    instance = _read_json(data.removeprefix(_BYTE_ORDER_MARK) or b"null", "Invalid JSON: ")
    problems = _validator(schema_definition, ignore_unknown_formats).iter_errors(instance)
    text = ", ".join(f"{problem.message} at {_pointer(problem.instance_path)}" for problem in problems)
    if text:
        raise FunctionError(f"JSON schema validation failed: {text}")
    return True


def _read_json(data: bytes, prefix: str) -> Any:
    try:
        return _sorted(from_json(data))
    except InvalidJson as reason:
        raise FunctionError(f"{prefix}{reason}") from None


def _sorted(value: Any) -> Any:
    """Return the value with its fields in order, in which problems are then found."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(element) for element in value] if isinstance(value, list) else value


def _pointer(path: list[str | int]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path) or "/"


@lru_cache(maxsize=64)
def _validator(path: str, ignore_unknown_formats: bool) -> Any:
    # Lazy, as few programs validate.
    try:
        import jsonschema_rs
    except ImportError:
        raise missing("validate_json_schema", "jsonschema-rs", "jsonschema") from None
    try:
        data = Path(path).read_bytes()
    except OSError as reason:
        why = f"{reason.strerror} (os error {reason.errno})"
        raise FunctionError(f"JSON schema not found: Failed to open schema definition file '{path}': {why}") from None
    schema = _read_json(data, f"JSON schema not found: Failed to parse schema definition file '{path}': ")
    try:
        return jsonschema_rs.validator_for(
            schema, validate_formats=True, ignore_unknown_formats=ignore_unknown_formats, retriever=_refuse
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as reason:
        raise FunctionError(f"Failed to compile schema: {getattr(reason, 'message', reason)}") from None


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is another document")
