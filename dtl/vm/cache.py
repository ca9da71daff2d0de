"""Compiled programs kept on disk, so that a second start needs no compiler.

An entry is made of what `marshal` knows: code objects of the very Python that reads them. Whoever can write the
folder can run code as its owner, so it is made for the user alone, and one that others can write to is not used.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import source_hash
from typing import TYPE_CHECKING

from dtl.backends.bytecode.code import Emitted
from dtl.functions.function import Function
from dtl.source import Source, Span

if TYPE_CHECKING:
    from dtl.diagnostics.diagnostic import Diagnostic

_ENDING = ".dtlc"
# When there are more entries than this, the older half is removed.
_MOST = 1000


def default_folder() -> str:
    """Return where entries lie: `DTL_CACHE_DIR`, or `dtl` in the user's folder of caches."""
    if named := os.environ.get("DTL_CACHE_DIR"):
        return named
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "dtl")


class Cache:
    """A folder of compiled programs.

    A key holds everything that a program depends on; its hash names the entry, and the entry repeats it. Whatever
    goes wrong with the folder makes it useless and nothing else: a program is then compiled.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def load(
        self, key: str, source: Source, find: Callable[[str], Function | None]
    ) -> tuple[Emitted, list[Diagnostic]] | None:
        """Return a program and its warnings, or None where they must be made.

        Args:
            key: What the program depends on.
            source: The program's text.
            find: Finds a function by name.
        """
        if not self.is_private():
            return None
        try:
            kept, imports, warnings, program = marshal.loads(_read(self._file(key)))
            if kept != key or any(_read(name) != text for name, text in imports):
                return None
            return Emitted.from_bytes(program, source, find), [_to_diagnostic(*fields) for fields in warnings]
        except (OSError, ValueError, TypeError, EOFError, LookupError, ImportError):
            return None

    def store(self, key: str, program: Emitted, warnings: Iterable[Diagnostic], imports: Iterable[Source]) -> None:
        """Keep a program, if that is possible.

        Args:
            key: What the program depends on.
            program: The program.
            warnings: What the compiler found.
            imports: The files that the program imports; their names are their places.
        """
        found = list(warnings)
        if any(warning.source is not None for warning in found):
            return  # it is about another file, whose text is not at hand later
        try:
            files = [(source.name, _read(source.name)) for source in imports]
            data = marshal.dumps((key, files, [_to_data(warning) for warning in found], program.to_bytes()))
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            if not self.is_private():
                return
            path = self._file(key)
            new = f"{path}.{os.getpid()}.new"  # a reader never sees half an entry
            with open(new, "wb") as file:
                file.write(data)
            os.replace(new, path)
            self._make_room()
        except (OSError, ValueError):
            return

    def is_private(self) -> bool:
        """Tell whether the folder is there, and nobody but this user can write to it."""
        try:
            status = os.stat(self.folder)
        except OSError:
            return False
        # Windows keeps the folders of users apart by other means.
        return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)

    def entries(self) -> list[str]:
        """Return the entries' files, oldest first."""
        try:
            found = [
                (entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(self.folder) if _is_ours(entry.name)
            ]
        except OSError:
            return []
        return [path for _, path in sorted(found)]

    def clear(self) -> int:
        """Remove all entries and return how many there were."""
        entries = self.entries()
        for entry in entries:
            _remove(entry)
        return len(entries)

    def _make_room(self) -> None:
        entries = self.entries()
        if len(entries) > _MOST:
            for entry in entries[: len(entries) // 2]:
                _remove(entry)

    def _file(self, key: str) -> str:
        return os.path.join(self.folder, source_hash(key.encode("utf-8", "replace")).hex() + _ENDING)


def key_of(*parts: object) -> str:
    """Return a key for a program that depends on these parts, on this compiler and on this Python."""
    return repr((parts, fingerprint(), sys.version))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def fingerprint() -> tuple[object, ...]:
    """Return what tells this compiler from others, so that no entry outlives a change of it.

    An installation is told by its place and the time when it was installed, a checkout by all of its files.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    beside = os.path.dirname(package)
    if not os.path.isfile(os.path.join(beside, "pyproject.toml")):
        return package, os.stat(__file__).st_mtime_ns
    pending = [package, os.path.join(beside, "stdlib"), os.path.join(beside, "grammar")]
    latest = count = total = 0
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.name.endswith((".py", ".lark", ".json", ".toml")):
                status = entry.stat()
                latest = max(latest, status.st_mtime_ns)
                total += status.st_size
                count += 1
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                pending.append(entry.path)
    return package, latest, count, total


def _is_ours(name: str) -> bool:
    return name.endswith((_ENDING, ".new"))


def _to_data(found: Diagnostic) -> tuple[object, ...]:
    """Return a diagnostic as what `marshal` knows."""
    return (
        found.code,
        found.message,
        [(tuple(label.span), label.text, label.primary) for label in found.labels],
        list(found.notes),
        [(fix.title, [(tuple(edit.span), edit.text) for edit in fix.edits], fix.safe) for fix in found.fixes],
        found.severity.value,
    )


def _to_diagnostic(
    code: int,
    message: str,
    labels: list[tuple[tuple[int, int], str, bool]],
    notes: list[str],
    fixes: list[tuple[str, list[tuple[tuple[int, int], str]], bool]],
    severity: str,
) -> Diagnostic:
    # Most programs have no warnings, and then the classes of diagnostics need not be made.
    made = import_module("dtl.diagnostics.diagnostic")
    found: Diagnostic = made.Diagnostic(
        code,
        message,
        tuple(made.Label(Span(*span), text, primary) for span, text, primary in labels),
        tuple(notes),
        tuple(
            made.Fix(title, tuple(made.Edit(Span(*span), text) for span, text in edits), safe)
            for title, edits, safe in fixes
        ),
        made.Severity(severity),
    )
    return found
