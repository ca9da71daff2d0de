"""Fill, search and inspect a vector store: `dtl vectors load|search|stats STORE`.

A store is an entry of `vector_stores`; without any configuration each name is a store on this machine. Items are JSON
lines with `id`, `embedding` (or `vector`), `text`, and whatever else is to be kept as metadata. With `--embed FIELD`
the vectors are made from a field's text.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from dtl.ai.request import Request
from dtl.ai.shell import Shell
from dtl.ai.stores.json_lines import WrongLine, read_lines
from dtl.ai.stores.store import StoreItem, VectorStore
from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.files import UnreadableFile, blocks, unreadable
from dtl.cli.io.models import NoConfig, add_config_argument, router_of
from dtl.values.errors import FunctionError

SUMMARY = "fill, search and inspect vector stores"
#: Items that are embedded and put in together.
_TOGETHER = 5000
#: Wrong items that are told one by one.
_TOLD = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="load|search|stats")
    load = actions.add_parser("load", help="put items from JSON lines into a store")
    load.add_argument("store", help="the store's name")
    load.add_argument("paths", nargs="*", metavar="FILE", help="JSON lines (.gz and .zst too); - is stdin")
    load.add_argument(
        "--id", default="id", metavar="FIELD", help="holds the id; else the line's number is it (default: id)"
    )
    load.add_argument("--vector", metavar="FIELD", help="holds the vector (default: embedding, else vector)")
    load.add_argument("--embed", metavar="FIELD", help="embed the text of this field")
    load.add_argument("--model", help="with --embed: an entry of ai_models or a provider's model")
    search = actions.add_parser("search", help="find what is most like a text or a vector")
    search.add_argument("store", help="the store's name")
    search.add_argument("query", help="a text, or a vector as a JSON array")
    search.add_argument("--top-k", type=int, default=5, metavar="N", help="matches at most (default: 5)")
    search.add_argument("--threshold", type=float, metavar="SCORE", help="the least score of a match")
    search.add_argument("--filter", metavar="JSON", help="values that a match's metadata must have")
    search.add_argument("--model", help="embeds the text: an entry of ai_models or a provider's model")
    search.add_argument("--with-vectors", action="store_true", help="show the matches' vectors")
    stats = actions.add_parser("stats", help="tell how many items a store has")
    stats.add_argument("store", help="the store's name")
    for each in (load, search, stats):
        add_config_argument(each)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Do what is asked, and close what was opened."""
    try:
        router = router_of(arguments.config, "", lambda text: console.error(text))
    except NoConfig as reason:
        console.error(str(reason))
        return Exit.FILE
    shell = Shell(router)
    store: VectorStore | None = None
    try:
        store = router.store(arguments.store)
        match arguments.action:
            case "load":
                return _load(arguments, console, store, shell)
            case "search":
                return _search(arguments, console, shell)
            case _:
                console.print(orjson.dumps({"store": arguments.store, **store.stats()}).decode())
                return Exit.OK
    except FunctionError as reason:
        console.error(reason.message)
        return Exit.FAILED
    except UnreadableFile as reason:
        console.error(str(reason))
        return Exit.FILE
    finally:
        shell.close()
        if store is not None:
            store.close()


def _load(arguments: argparse.Namespace, console: Console, store: VectorStore, shell: Shell) -> int:
    paths = arguments.paths or ["-"]
    if (problem := unreadable(paths)) is not None:
        console.error(problem)
        return Exit.FILE
    count = failed = 0

    def fail(text: str) -> None:
        nonlocal failed
        failed += 1
        if failed <= _TOLD:
            console.error(text)

    for path in paths:
        lines = _lines(path, console)
        if arguments.embed:
            items = _embedded(lines, arguments, shell)
        else:
            items = read_lines(lines, arguments.vector, arguments.id)
        while batch := list(islice(items, _TOGETHER)):
            written = store.upsert(_good(batch, path, fail))
            count += written.count
            for id, reason in written.failed.items():
                fail(f'{path}: "{id}": {reason}')
    console.say(f"{arguments.store}: {count} items put in, {failed} refused; {store.count()} in all")
    return Exit.FAILED if failed else Exit.OK


def _good(batch: list[StoreItem | WrongLine], path: str, fail: Any) -> Iterator[StoreItem]:
    for item in batch:
        if isinstance(item, WrongLine):
            fail(f"{path}, {item}")
        else:
            yield item


def _embedded(lines: Iterable[bytes], arguments: argparse.Namespace, shell: Shell) -> Iterator[StoreItem | WrongLine]:
    """Yield items whose vectors are made from their texts, many texts at a time."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, _TOGETHER)):
        found: list[tuple[int, dict[str, Any]]] = []
        for number, line in batch:
            try:
                data = orjson.loads(line)
            except orjson.JSONDecodeError as reason:
                yield WrongLine(number, f"not JSON: {reason}")
                continue
            text = data.get(arguments.embed) if isinstance(data, dict) else None
            if isinstance(text, str) and text.strip():
                found.append((number, data))
            else:
                yield WrongLine(number, f'"{arguments.embed}" must be a text')
        requests = [Request("embed", "embed", arguments.model, data[arguments.embed]) for _, data in found]
        for (number, data), vector in zip(found, shell.ask_all(requests), strict=True):
            if isinstance(vector, FunctionError):
                yield WrongLine(number, vector.message)
                continue
            id = data.pop(arguments.id, number)
            used = "text" if isinstance(data.get("text"), str) else arguments.embed
            text = data.pop(used)
            yield StoreItem(str(id), vector, data, text)


def _search(arguments: argparse.Namespace, console: Console, shell: Shell) -> int:
    options: dict[str, Any] = {"top_k": arguments.top_k}
    if arguments.threshold is not None:
        options["threshold"] = arguments.threshold
    if arguments.filter:
        try:
            options["filter"] = orjson.loads(arguments.filter)
        except orjson.JSONDecodeError as reason:
            console.error(f"--filter is not JSON: {reason}")
            return Exit.USAGE
        if not isinstance(options["filter"], dict):
            console.error("--filter must be a JSON object")
            return Exit.USAGE
    vector = _vector(arguments.query)
    if vector is None:
        vector = shell.ask(Request("embed", "embed", arguments.model, arguments.query))
    for match in shell.ask(Request("search", "vector_search", arguments.store, vector, options)):
        shown = match if arguments.with_vectors else {name: part for name, part in match.items() if name != "embedding"}
        console.print(orjson.dumps(shown).decode())
    return Exit.OK


def _vector(text: str) -> list[float] | None:
    """Return a query that is a vector."""
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    is_vector = isinstance(data, list) and data and all(type(each) in (int, float) for each in data)
    return list(map(float, data)) if is_vector else None


def _lines(path: str, console: Console) -> Iterator[bytes]:
    """Yield a file's lines."""
    rest = b""
    for block in blocks(path, console.input):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
    if rest:
        yield rest
