"""A YAML text as a tree with places, through PyYAML's events; of a broken file, what stands before the break."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dtl.embedded import yaml_text
from dtl.embedded.tree import Broken, Items, Table, Text, Tree
from dtl.source import Source, Span

#: What makes PyYAML refuse a text as a whole; each is replaced by one harmless character, so that offsets hold.
_UNPRINTABLE = {code: " " for code in (*range(9), 11, 12, *range(14, 32), 127, *range(0x80, 0x85), *range(0x86, 0xA0))}
_UNPRINTABLE |= {code: "?" for code in (0xFEFF, 0xFFFE, 0xFFFF)}
_MARK = "\ufeff"
_LONE = {code: "?" for code in range(0xD800, 0xE000)}


def read_yaml(text: str) -> tuple[list[Tree], Broken | None]:
    """Return the documents of a YAML text, and why reading ended early, if it did."""
    try:
        yaml = import_module("yaml")  # an optional package, and slow to import
    except ImportError:
        return [], Broken(0, 'reading YAML needs the package PyYAML: pip install "pyyaml"')
    shift = text.startswith(_MARK)
    clean = text.translate(_UNPRINTABLE | _LONE)
    builder = _Builder(yaml, clean, shift)
    try:
        for event in yaml.parse(clean[shift:], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.add(event)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        return builder.documents, Broken(_offset(mark, text), str(reason.problem or reason.context))
    except yaml.YAMLError as reason:
        return builder.documents, Broken(0, str(reason).splitlines()[0])
    return builder.documents, None


def _offset(mark: Any, text: str) -> int:
    """Return a mark's offset, counted by lines: the marks of some errors know nothing else."""
    if mark is None:
        return 0
    starts = Source(text).line_starts
    return min(starts[min(int(mark.line), len(starts) - 1)] + int(mark.column), len(text))


class _Builder:
    """Puts events together; containers are in the tree from the moment they open."""

    def __init__(self, yaml: Any, text: str, shift: int) -> None:
        self.yaml = yaml
        self.text = text
        self.shift = shift  # of offsets in the text against PyYAML's
        self.documents: list[Tree] = []
        self.stack: list[Items | Table] = []
        self.keys: list[Tree | None] = []  # of each open container, the key that waits for its value
        self.anchors: dict[str, Tree] = {}

    def add(self, event: Any) -> None:
        """Take the next event."""
        yaml = self.yaml
        if isinstance(event, yaml.ScalarEvent):
            self.put(self.scalar(event), event.anchor)
        elif isinstance(event, yaml.MappingStartEvent):
            self.open(Table(start=event.start_mark.index), event.anchor)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open(Items(start=event.start_mark.index), event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.put(self.anchors.get(event.anchor) or Items(start=event.start_mark.index), None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.anchors.clear()

    def open(self, container: Items | Table, anchor: str | None) -> None:
        """Go into a container."""
        self.put(container, anchor)
        self.stack.append(container)
        self.keys.append(None)

    def put(self, tree: Tree, anchor: str | None) -> None:
        """Put a node where it belongs."""
        if anchor:
            self.anchors[anchor] = tree
        if not self.stack:
            self.documents.append(tree)
            return
        container = self.stack[-1]
        if isinstance(container, Items):
            container.items.append(tree)
        elif self.keys[-1] is None:
            self.keys[-1] = tree
        else:
            key, self.keys[-1] = self.keys[-1], None
            container.pairs.append((key if isinstance(key, Text) else Text("", Span(0, 0)), tree))

    def scalar(self, event: Any) -> Text:
        """Return a scalar with its map."""
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        return yaml_text.read(self.text, start, end, event.style or "", event.value)
