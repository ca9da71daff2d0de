"""Open documents and the files around them, as snapshots for `dtl.ide`."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dtl.ide.analysis import MAX_LENGTH, Analysis, analyzer_for, callable_functions
from dtl.ide.hosts import Edit, is_host
from dtl.ide.models import Models
from dtl.ide.sample import Sample
from dtl.source import Source, Span

from .convert import Positions, edited, path_of, uri_of

ENDINGS = (".dtl", ".vrl")
_SAMPLE_ENDINGS = (".sample.jsonl", ".sample.json")
# How much of a sample is read, in bytes and in events.
_SAMPLE_BYTES = 2_000_000
_SAMPLE_EVENTS = 100
# Files of a workspace beyond these are not looked at.
_MAX_FILES = 2_000
_SKIPPED = frozenset(("node_modules", "target", "build", "dist", "__pycache__"))


class Document:
    """A text that a client has open, or a file of the workspace."""

    def __init__(self, workspace: Workspace, uri: str, text: str, version: int | None) -> None:
        self.workspace = workspace
        self.uri = uri
        self.text = text
        self.version = version
        self.path = path_of(uri)
        self.name = self.path or uri
        self._analyzer = analyzer_for(self.name, workspace.load, workspace.strict)
        self._analysis: Analysis | None = None
        self._positions: Positions | None = None
        #: The number and the data of the last semantic tokens that were given.
        self.tokens: tuple[int, list[int]] = (0, [])
        #: What the sample brings, and for which text; the text that was last given to the evaluator.
        self.values: tuple[str, list[tuple[Span, str]]] = ("", [])
        self.evaluated: str | None = None

    @property
    def positions(self) -> Positions:
        """Return the text's lines and columns."""
        if self._positions is None:
            self._positions = Positions(self.text, self.workspace.encoding)
        return self._positions

    @property
    def analysis(self) -> Analysis:
        """Return the snapshot of the text, made when it is first asked for."""
        if self._analysis is None:
            sample = self.workspace.sample_of(self.path) if self.path is not None else None
            models = self.workspace.models_of(self.path) if self.path is not None else None
            self._analysis = self._analyzer.analyze(Source(self.text, self.name), sample, models)
        return self._analysis

    def change(self, changes: Any, version: int | None) -> None:
        """Apply a client's changes."""
        self.text = edited(self.text, changes, self.workspace.encoding)
        self.version = version
        self._analysis = None
        self._positions = None

    def forget(self) -> None:
        """Analyse anew, since a file that the text depends on has changed."""
        self._analyzer.forget()
        self.evaluated = None
        self._analysis = None

    @property
    def parts(self) -> Sequence[Document]:
        """Return the programs in it, where the text is no program itself."""
        return ()

    def edit(self, edit: Edit) -> dict[str, Any] | None:
        """Return an edit in the protocol's form; None where the text cannot be written so."""
        return {"range": self.positions.range(edit.span), "newText": edit.text}

    def imports(self, name: str) -> bool:
        """Tell whether the text imports a file, directly or not."""
        return name in self._analyzer.imported


class Workspace:
    """What a client has open, and where its files are."""

    def __init__(self) -> None:
        self.functions = callable_functions()
        self.documents: dict[str, Document] = {}
        self.roots: list[str] = []
        self.encoding = "utf-16"
        self.strict = False
        self._samples: dict[str, tuple[tuple[int, int], Sample]] = {}
        self._models: dict[str, tuple[tuple[int, int], Models]] = {}
        self._files: dict[str, tuple[tuple[int, int], Document]] = {}

    # --- open documents -----------------------------------------------------------------------------

    def open(self, uri: str, text: str, version: int | None, kind: type[Document] = Document) -> Document:
        """Take over a document that a client has opened."""
        document = self.documents[uri] = kind(self, uri, text, version)
        return document

    def close(self, uri: str) -> None:
        """Let a document go."""
        self.documents.pop(uri, None)

    def changed_file(self, path: str) -> list[Document]:
        """Return the open documents that depend on a file which has changed, ready to be analysed anew."""
        found = []
        for document in self.documents.values():
            concerns = document.path is not None and path in self._sample_names(document.path)
            if concerns or os.path.basename(path) == "dtl.toml" or document.imports(path):
                document.forget()
                found.append(document)
        return found

    # --- files --------------------------------------------------------------------------------------

    def load(self, name: str, importer: Source) -> Source:
        """Return a file that a program imports: as it is in the editor, else as it is on disk.

        Raises:
            OSError: It cannot be read.
        """
        path = os.path.normpath(os.path.join(os.path.dirname(importer.name), name))
        for document in self.documents.values():
            if document.path is not None and os.path.normpath(document.path) == path:
                return Source(document.text, path)
        return Source(_read_text(path), path)

    def file(self, path: str) -> Document | None:
        """Return a document for a file, the open one if there is one; None if it cannot be read."""
        uri = uri_of(path)
        for document in self.documents.values():
            if document.path == path:
                return document
        try:
            stamp = _stamp(path)
            known = self._files.get(path)
            if known is None or known[0] != stamp:
                known = self._files[path] = (stamp, Document(self, uri, _read_text(path), None))
            return known[1]
        except OSError:
            return None

    def programs(self) -> Iterator[Document]:
        """Give every program in the workspace's folders, and what else is open."""
        seen = set()
        for path in self._program_files():
            document = self.file(path)
            if document is not None:
                seen.add(document.uri)
                yield document
        yield from [each for uri, each in self.documents.items() if uri not in seen and not is_host(each.name)]

    def _program_files(self) -> Iterator[str]:
        count = 0
        for root in self.roots:
            for folder, folders, files in os.walk(root):
                folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
                for name in sorted(files):
                    if name.endswith(ENDINGS):
                        count += 1
                        if count > _MAX_FILES:
                            return
                        yield os.path.join(folder, name)

    def home_of(self, document: Document, source: Source) -> tuple[str, Positions]:
        """Return the address and the positions of a text that a document or one of its imports has."""
        if source.name == document.name:
            return document.uri, document.positions
        for other in self.documents.values():
            if other.name == source.name:
                return other.uri, other.positions
        return uri_of(source.name), Positions(source.text, self.encoding)

    def models_of(self, path: str) -> Models:
        """Return the models and stores that the nearest `dtl.toml` configures; none if it cannot be read."""
        config = _nearest(os.path.dirname(os.path.abspath(path)))
        if config is None:
            return Models()
        try:
            stamp = _stamp(config)
            known = self._models.get(config)
            if known is None or known[0] != stamp:
                known = self._models[config] = (stamp, Models.read(_read_text(config), config))
            return known[1]
        except OSError:
            return Models()

    # --- samples ------------------------------------------------------------------------------------

    def sample_of(self, path: str) -> Sample:
        """Return the sample beside a script (`script.sample.jsonl`), or the one that `dtl.toml` names for it."""
        for name in self._sample_names(path):
            try:
                stamp = _stamp(name)
                known = self._samples.get(name)
                if known is None or known[0] != stamp:
                    known = self._samples[name] = (stamp, Sample.of(_events(name)))
                return known[1]
            except (OSError, ValueError):
                continue
        return Sample()

    def _sample_names(self, path: str) -> list[str]:
        """Return where a script's sample may be, the likeliest first."""
        stem = os.path.splitext(path)[0]
        names = [base + ending for base in (stem, path) for ending in _SAMPLE_ENDINGS]
        named = _named_sample(path)
        return [named, *names] if named is not None else names


def _named_sample(path: str) -> str | None:
    """Return the sample that the nearest `dtl.toml` names for a script: `[samples]`, script to file."""
    config = _nearest(os.path.dirname(os.path.abspath(path)))
    if config is None:
        return None
    try:
        with open(config, "rb") as file:
            samples = tomllib.load(file).get("samples", {})
    except (OSError, tomllib.TOMLDecodeError):
        return None
    folder = os.path.dirname(config)
    key = os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    named = samples.get(key) if isinstance(samples, Mapping) else None
    return os.path.normpath(os.path.join(folder, named)) if isinstance(named, str) else None


def _nearest(folder: str) -> str | None:
    """Return the `dtl.toml` of a folder or one above it."""
    while True:
        config = os.path.join(folder, "dtl.toml")
        if os.path.isfile(config):
            return config
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _events(path: str) -> list[dict[str, Any]]:
    """Return the events of a file: JSON lines, one JSON object, or an array of them."""
    with open(path, "rb") as file:
        data = file.read(_SAMPLE_BYTES)
    text = data.decode("utf-8", "replace")
    try:
        whole = json.loads(text)
        found = whole if isinstance(whole, list) else [whole]
    except ValueError:
        found = []
        for line in text.splitlines()[:_SAMPLE_EVENTS]:
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
    return [event for event in found[:_SAMPLE_EVENTS] if isinstance(event, dict)]


def _stamp(path: str) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_size


def _read_text(path: str) -> str:
    """Return a file's text.

    Raises:
        OSError: It cannot be read, is no text or is too long.
    """
    with open(path, "rb") as file:
        data = file.read(MAX_LENGTH * 4 + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise OSError(f"{os.path.basename(path)} is not UTF-8") from reason
