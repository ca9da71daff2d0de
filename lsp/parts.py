"""YAML and TOML files as documents whose programs are documents of their own, with positions in the file.

A request about a place goes to the program there; one about the whole file goes to all of its programs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dtl.ide.analysis import Analysis
from dtl.ide.hosts import Edit, HostAnalyzer, Part
from dtl.ide.sample import Sample
from dtl.source import Source, Span

from .convert import Positions
from .workspace import Document, Workspace

#: Methods that ask about one place, and how they name it.
_AT = {
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/prepareCallHierarchy",
}
_IN_RANGE = {"textDocument/codeAction", "textDocument/rangeFormatting"}
#: Methods whose answers for several programs make one list.
_LISTED = {
    "textDocument/formatting",
    "textDocument/foldingRange",
    "textDocument/documentSymbol",
    "textDocument/inlayHint",
    "textDocument/codeLens",
}
_TOKENS = {
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
}
#: Methods that a file answers as any document does.
_PLAIN = {"textDocument/diagnostic", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave"}


class PartPositions(Positions):
    """Lines and columns of the file, for offsets of a program in it."""

    def __init__(self, outer: Positions, part: Part) -> None:
        super().__init__(part.program.source.text, outer.encoding)
        self.outer = outer
        self.program = part.program

    def position(self, offset: int) -> dict[str, int]:
        """Return an offset of the program as a position in the file."""
        return self.outer.position(self.program.to_file(offset))

    def range(self, span: Span | tuple[int, int]) -> dict[str, Any]:
        """Return a span of the program as a range of the file."""
        return self.outer.range(self.program.span_in_file(Span(*span)))

    def offset(self, position: Any) -> int:
        """Return a position in the file as an offset of the program, the nearest if it lies outside."""
        place = self.outer.offset(position)
        found = self.program.to_program(place)
        if found is not None:
            return found
        return 0 if place < self.program.span.start else len(self.text)

    def width(self, start: int, end: int) -> int:
        """Return how many columns of the file a part of a line takes."""
        found = self.program.span_in_file(Span(start, end))
        return self.outer.width(found.start, found.end)


class PartDocument(Document):
    """One program of a file."""

    def __init__(self, host: HostDocument, part: Part) -> None:
        super().__init__(host.workspace, host.uri, part.program.source.text, host.version)
        self.renew(host, part)

    def renew(self, host: HostDocument, part: Part) -> None:
        """Become the program as it is in a newer version of the file."""
        self.text = part.program.source.text
        self.version = host.version
        self.part = part
        self.is_runnable = part.program.start == "program"
        self._positions = PartPositions(host.positions, part)

    @property
    def analysis(self) -> Analysis:
        """Return the snapshot that was made with the file's."""
        return self.part.analysis

    @property
    def address(self) -> list[Any]:
        """Return what names the program in the arguments of a command: the file, and the keys that lead there."""
        return [self.uri, {"path": list(self.part.program.path)}]

    def edit(self, edit: Edit) -> dict[str, Any] | None:
        """Return an edit of the program as one of the file, in the protocol's form."""
        program = self.part.program
        moved = program.edit_in_file(edit)
        if moved is None:
            return None
        assert isinstance(self._positions, PartPositions)
        return {"range": self._positions.outer.range(moved.span), "newText": moved.text}


class HostDocument(Document):
    """A file with programs in it; its own snapshot has only what is wrong with the file."""

    is_host = True

    def __init__(self, workspace: Workspace, uri: str, text: str, version: int | None) -> None:
        super().__init__(workspace, uri, text, version)
        self._hosts = HostAnalyzer(workspace.functions, workspace.strict, workspace.load)
        self._parts: list[PartDocument] = []

    @property
    def analysis(self) -> Analysis:
        """Return the snapshot of the file, made when it is first asked for."""
        if self._analysis is None:
            models = self.workspace.models_of(self.path) if self.path is not None else None
            self._analysis, parts = self._hosts.analyze(Source(self.text, self.name), models, self._sample_of)
            before = {each.part.program.path: each for each in self._parts}
            self._parts = [self._document(part, before) for part in parts]
        return self._analysis

    def _sample_of(self, step: str) -> Sample:
        return self.workspace.sample_of(self.path, step) if self.path is not None else Sample()

    def _document(self, part: Part, before: dict[tuple[str | int, ...], PartDocument]) -> PartDocument:
        """Return the document of a program; it keeps what the sample has brought as long as the program stays."""
        known = before.pop(part.program.path, None)
        if known is None:
            return PartDocument(self, part)
        known.renew(self, part)
        return known

    @property
    def parts(self) -> Sequence[Document]:
        """Return the programs."""
        assert self.analysis is not None
        return self._parts

    def part_at(self, position: Any) -> PartDocument | None:
        """Return the program in it that holds a position."""
        offset = self.positions.offset(position)
        for part in self.parts:
            if isinstance(part, PartDocument) and part.part.program.to_program(offset) is not None:
                return part
        return None

    def forget(self) -> None:
        """Analyse anew, since a file that the programs depend on has changed."""
        self._hosts.forget()
        for part in self._parts:
            part.evaluated = None
        self._analysis = None

    def imports(self, name: str) -> bool:
        """Tell whether one of the programs imports a file."""
        return self._hosts.imports(name)

    def depends_on(self, path: str) -> bool:
        """Tell whether a file is a sample of one of the programs, or one that they import."""
        steps = {part.part.program.name for part in self._parts}
        names = [self.workspace.sample_names(self.path, step) for step in steps] if self.path is not None else []
        return any(path in each for each in names) or self.imports(path)


def is_plain(method: str) -> bool:
    """Tell whether a file answers a method itself."""
    return method in _PLAIN or not method.startswith("textDocument/")


def answer(host: HostDocument, method: str, params: Any, ask: Callable[[Document, Any], Any]) -> Any:
    """Answer a request about a file by asking its programs; None where there is nothing to say."""
    if method in _TOKENS:
        return {"data": _joined([ask(part, params)["data"] for part in _touched(host, params)])}
    if method in _LISTED:
        return [item for part in _touched(host, params) for item in ask(part, params) or []]
    if method == "textDocument/selectionRange":
        return [_selection(host, position, params, ask) for position in params.get("positions") or []]
    if method not in _AT and method not in _IN_RANGE:
        return None
    place = params.get("position") if method in _AT else (params.get("range") or {}).get("start")
    found = None if place is None else host.part_at(place)
    if found is None:
        return [] if method in _IN_RANGE else None
    result = ask(found, params)
    if method == "textDocument/completion":
        _requote(result, found)
    return result


def _selection(host: HostDocument, position: Any, params: Any, ask: Callable[[Document, Any], Any]) -> Any:
    """Return the ranges around one position; each position gets an answer, one outside of programs itself."""
    found = host.part_at(position)
    if found is not None:
        answer: list[Any] = ask(found, {**params, "positions": [position]})
        return answer[0]
    here = host.positions.position(host.positions.offset(position))
    return {"range": {"start": here, "end": here}}


def _touched(host: HostDocument, params: Any) -> Sequence[Document]:
    """Return the programs that a request's range touches; all of them where it names none."""
    if not isinstance(params, dict) or "range" not in params:
        return host.parts
    wanted = host.positions.span(params["range"])
    return [
        part
        for part in host.parts
        if isinstance(part, PartDocument)
        and part.part.program.span.start < wanted.end
        and wanted.start < part.part.program.span.end
    ]


def _joined(all_data: list[list[int]]) -> list[int]:
    """Return tokens of several programs, in the file's order, as one list of relative places."""
    data: list[int] = []
    last_line = last_column = 0
    for each in all_data:
        line = column = 0
        for at in range(0, len(each), 5):
            column = each[at + 1] + (column if each[at] == 0 else 0)
            line += each[at]
            data += [line - last_line, column - (last_column if line == last_line else 0), *each[at + 2 : at + 5]]
            last_line, last_column = line, column
    return data


def _requote(result: Any, part: PartDocument) -> None:
    """Write new text of one line as its place needs; in blocks the client sets the margin itself."""
    quoting = part.part.program.quoting
    if quoting.style in ("lines", "literal-lines"):
        return
    waiting = [result]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if isinstance(item.get("newText"), str):
                item["newText"] = quoting.write(item["newText"]) or item["newText"]
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
