"""Lines of JSON through a program: the quick way for many records, which makes nothing that is not asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import orjson

from dtl.backends import Runnable
from dtl.data import data, fresh
from dtl.functions.context import Context
from dtl.values.decode import InvalidJson, from_json, has_small_decimals, reads_plainly
from dtl.values.encode import respelled, text_of, to_json_bytes, writes_plainly
from dtl.values.errors import Abort, Drop
from dtl.vm.ending import ended_by
from dtl.vm.limits import NO_LIMITS, Limits
from dtl.vm.outcome import Outcome

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
# For programs that have nothing to do with metadata.
_NO_METADATA: dict[str, Any] = {}


class Trouble(NamedTuple):
    """A line that gave no record.

    Attributes:
        line: Which line it is, from 0.
        place: How many bytes were written before it.
        reason: It is no JSON, or the program failed on it.
    """

    line: int
    place: int
    reason: InvalidJson | Outcome


@data
class Block:
    """What became of some lines.

    Attributes:
        written: The records (or results) that were kept, in order, each a line of JSON.
        kept: How many they are.
        troubles: The lines that failed, blank ones left out.
        dropped: How many were aborted or dropped by the program.
    """

    written: bytearray = fresh(factory=bytearray)
    kept: int = 0
    troubles: list[Trouble] = fresh(factory=list)
    dropped: int = 0


class LineRunner:
    """A program that is run on lines.

    Args:
        code: The program.
        context: What its functions may ask of the host.
        limits: What a run on one record may use up.
        metadata: The metadata of every record, as values.
        result: Whether the value of the program is what is written, rather than the record.
    """

    def __init__(
        self,
        code: Runnable,
        context: Context,
        limits: Limits = NO_LIMITS,
        metadata: dict[str, Any] | None = None,
        result: bool = False,
    ) -> None:
        self._code = code
        self._context = context
        self._limits = limits
        self._is_free = not limits.is_counted and not limits.is_measured
        self._metadata = metadata or {}
        self._gives_result = result
        self._makes_floats = result or getattr(code, "makes_floats", True)
        self._uses_metadata = bool(metadata) or getattr(code, "uses_metadata", True)
        # The bytecode backend's function is called without a detour.
        self._run: Callable[..., tuple[Any, Any, Any]] = getattr(code, "function", code)

    def __call__(self, lines: Sequence[bytes], text: bytes | None = None) -> Block:
        """Run on the lines of a block, blank ones left out; `text` is what they are together, if that is at hand."""
        block = Block()
        if text is None:
            text = b"\n".join(lines)
        if self._is_free and reads_plainly(text):
            self._run_plainly(lines, text, block)
        else:
            for index, line in enumerate(lines):
                self._run_one(index, line, block)
        return block

    def _run_plainly(self, lines: Sequence[bytes], text: bytes, block: Block) -> None:
        """Run on lines that orjson reads as they are to be read."""
        run, context, loads, dumps = self._run, self._context, orjson.loads, orjson.dumps
        metadata = self._metadata if self._uses_metadata else None
        first, written, kept = (0 if self._gives_result else 1), block.written, 0
        for index, line in enumerate(lines):
            try:
                event = loads(line)
            except ValueError:
                event = None
            if type(event) is not dict:
                self._run_one(index, line, block)
                continue
            try:
                found = run(event, metadata.copy() if metadata is not None else _NO_METADATA, context, None)[first]
            except (Abort, Drop):
                block.dropped += 1
                continue
            except Exception as problem:
                self._note(problem, index, loads(line), block)
                continue
            try:
                written += dumps(found, text_of, _OPTIONS)
            except TypeError:  # bytes that are not UTF-8, or too deep for it
                written += to_json_bytes(found) + b"\n"
            kept += 1
        block.kept += kept
        if self._makes_floats or has_small_decimals(text):
            self._respell(block)

    def _respell(self, block: Block) -> None:
        """Write floats as they are to be written, where orjson wrote them otherwise."""
        whole = bytes(block.written)
        if not self._gives_result and writes_plainly(whole):
            return
        pieces, start = [], 0
        for end in (*(trouble.place for trouble in block.troubles), len(whole)):
            pieces.append(respelled(whole[start:end]))
            start = end
        block.written = bytearray(b"".join(pieces))
        places = accumulate(map(len, pieces))
        block.troubles = [trouble._replace(place=place) for trouble, place in zip(block.troubles, places, strict=False)]

    def _run_one(self, index: int, line: bytes, block: Block) -> None:
        """Run on one line, minding everything."""
        try:
            event = _read(line)
        except InvalidJson as reason:
            if line.strip():
                block.troubles.append(Trouble(index, len(block.written), reason))
            return
        if type(event) is not dict:
            block.troubles.append(Trouble(index, len(block.written), InvalidJson("a record must be an object")))
            return
        given = event.copy()
        try:
            value, event, _ = self._run(event, self._metadata.copy(), self._context, self._limits.budget())
            self._limits.measure(event)
        except Exception as problem:
            self._note(problem, index, given, block)
            return
        block.written += to_json_bytes(value if self._gives_result else event) + b"\n"
        block.kept += 1

    def _note(self, problem: Exception, index: int, record: Any, block: Block) -> None:
        """Note that a record was not kept."""
        if isinstance(problem, Abort | Drop):
            block.dropped += 1
        else:
            outcome = ended_by(problem, self._code, record, self._metadata)
            block.troubles.append(Trouble(index, len(block.written), outcome))


def _read(line: bytes) -> Any:
    """Read one line as `_run_plainly` does, whatever lines there are around it.

    Raises:
        InvalidJson: It is not JSON, or too deep.
    """
    if reads_plainly(line):
        try:
            return orjson.loads(line)
        except ValueError:
            pass  # read again, for the words of the error
    return from_json(line)
