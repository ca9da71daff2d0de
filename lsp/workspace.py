"""Open documents and the files around them, as snapshots for `dtl.ide`."""

from __future__ import annotations

import importlib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.analysis import MAX_LENGTH, Analysis, analyzer_for, callable_functions
from dtl.ide.models import Models
from dtl.ide.sample import Sample
from dtl.source import Source, Span

from .capabilities import HOST_ENDINGS
from .convert import Positions, edited, path_of, uri_of

ENDINGS = (".dtl", ".vrl")
_SAMPLE_ENDINGS = (".sample.jsonl", ".sample.json")
# How much of a sample is read, in bytes and in events.
_SAMPLE_BYTES = 2_000_000
_SAMPLE_EVENTS = 100
# Files of a workspace beyond these are not looked at.
_MAX_FILES = 2_000
_SKIPPED = frozenset(("node_modules", "target", "build", "dist", "__pycache__"))


def holds_programs(name: str) -> bool:
    """Tell by a file's name or address whether the text is no program itself but may hold some."""
    return name.lower().endswith(HOST_ENDINGS)


class Document:
    """A text that a client has open, or a file of the workspace."""

    #: Whether the text is no program itself.
    is_host = False
    #: Whether it can be run by itself; a condition cannot.
    is_runnable = True

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

    @property
    def address(self) -> list[Any]:
        """Return what names the program in the arguments of a command."""
        return [self.uri]

    def part_at(self, position: Any) -> Document | None:
        """Return the program in it that holds a position."""
        return None

    def depends_on(self, path: str) -> bool:
        """Tell whether a file is a sample of the text, or one that it imports."""
        samples = self.workspace.sample_names(self.path) if self.path is not None else []
        return path in samples or self.imports(path)

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

    def open(self, uri: str, text: str, version: int | None) -> Document:
        """Take over a document that a client has opened."""
        kind = Document
        if holds_programs(uri):  # what reads such files is imported when there is one
            kind = importlib.import_module(f"{__package__}.parts").HostDocument
        document = self.documents[uri] = kind(self, uri, text, version)
        return document

    def close(self, uri: str) -> None:
        """Let a document go."""
        self.documents.pop(uri, None)

    def changed_file(self, path: str) -> list[Document]:
        """Return the open documents that depend on a file which has changed, ready to be analysed anew."""
        found = []
        for document in self.documents.values():
            if os.path.basename(path) == "dtl.toml" or document.depends_on(path):
                document.forget()
                found.append(document)
        for _, document in self._files.values():
            if document.imports(path):
                document.forget()
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
        """Give every program in the workspace's folders, and what else is open, programs in other files included."""
        for document in self.texts():
            yield from document.parts if document.is_host else [document]

    def texts(self) -> Iterator[Document]:
        """Give every file of a program in the workspace's folders, and what else is open, as it is."""
        seen = set()
        for path in islice(self._program_files(), _MAX_FILES):
            document = self.file(path)
            if document is not None:
                seen.add(document.uri)
                yield document
        yield from [each for uri, each in self.documents.items() if uri not in seen]

    def _program_files(self) -> Iterator[str]:
        for folder, folders, files in chain.from_iterable(map(os.walk, self.roots)):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
            yield from (os.path.join(folder, name) for name in sorted(files) if name.endswith(ENDINGS))

    def home_of(self, document: Document, source: Source) -> Document:
        """Return the document of a text that a document, or one of its imports or importers, has."""
        if source == document.analysis.source:
            return document
        for other in self.documents.values():
            if other.name == source.name:
                return next((part for part in other.parts if part.analysis.source == source), other)
        return Document(self, uri_of(source.name), source.text, None)

    def near(self, document: Document, folder: str) -> list[str]:
        """Return the names of the programs and folders in a folder that is told from a document; folders end in /."""
        if document.path is None:
            return []
        try:
            entries = list(islice(os.scandir(os.path.join(os.path.dirname(document.path), folder)), _MAX_FILES))
        except (OSError, ValueError):
            return []
        own = os.path.basename(document.path)
        folders = [f"{each.name}/" for each in entries if each.is_dir() and not each.name.startswith(".")]
        files = [each.name for each in entries if each.name.endswith(".dtl") and (folder or each.name != own)]
        return [*sorted(files), *sorted(name for name in folders if name[:-1] not in _SKIPPED)]

    def models_of(self, path: str) -> Models:
        """Return the models and stores that the nearest `dtl.toml` configures; none if it cannot be read."""
        config = _nearest(os.path.dirname(os.path.abspath(path)))
        if config is None:
            return Models()
        try:
            stamp = _stamp(config)
            known = self._models.get(config)
            if known is None or known[0] != stamp:
                known = self._models[config] = (stamp, _models(_read_text(config), config))
            return known[1]
        except OSError:
            return Models()

    # --- samples ------------------------------------------------------------------------------------

    def sample_of(self, path: str, step: str = "") -> Sample:
        """Return the sample beside a script (`script.sample.jsonl`), or the one that `dtl.toml` names for it.

        A step of another file has one of its own (`flow.step.sample.jsonl`, in `dtl.toml` for "flow.yaml#step"), or
        that of the file.
        """
        for name in self.sample_names(path, step):
            try:
                stamp = _stamp(name)
                known = self._samples.get(name)
                if known is None or known[0] != stamp:
                    known = self._samples[name] = (stamp, Sample.of(_events(name)))
                return known[1]
            except (OSError, ValueError):
                continue
        return Sample()

    def sample_names(self, path: str, step: str = "") -> list[str]:
        """Return where the sample of a script, or of a step in a file, may be, the likeliest first."""
        stem = os.path.splitext(path)[0]
        names = [base + ending for base in (stem, path) for ending in _SAMPLE_ENDINGS]
        named = _named_sample(path)
        found = [named, *names] if named is not None else names
        if not step:
            return found
        own = [f"{stem}.{step}{ending}" for ending in _SAMPLE_ENDINGS] if step.isprintable() and "/" not in step else []
        named = _named_sample(path, step)
        return [*([named] if named is not None else []), *own, *found]


def _models(text: str, path: str) -> Models:
    """Return what a configuration names; what reads it is imported when there is one."""
    found: Models = importlib.import_module("dtl.ide.configuration").read_models(text, path)
    return found


def _named_sample(path: str, step: str = "") -> str | None:
    """Return the sample that the nearest `dtl.toml` names for a script or a step: `[samples]`, script to file."""
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
    named = samples.get(f"{key}#{step}" if step else key) if isinstance(samples, Mapping) else None
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
