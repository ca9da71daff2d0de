"""The types of the parts of objects and arrays."""

from dtl.types.type import UNDEFINED, Collection, Type


def mapped_parts(parts: Collection | None, new: Type) -> Collection | None:
    """Return a collection with another type in place of that of each part that may be there."""
    if parts is None:
        return None
    known = {key: new.with_kinds(part.kinds & UNDEFINED) for key, part in parts.known.items()}
    return Collection(known, None if parts.is_closed else new)
