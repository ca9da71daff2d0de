"""Every character of an embedded program is where the map says, for every way of writing a text."""

from __future__ import annotations

import random
import tomllib
from typing import Any

import pytest
import yaml

from dtl.diagnostics.diagnostic import Edit
from dtl.embedded import Embedded, programs
from dtl.embedded.toml_tree import read_toml
from dtl.embedded.tree import Items, Table, Text, Tree
from dtl.source import Span

# How a text is written after `source:`; {} are the places of `.one` and `.two`.
YAML_FORMS = [
    "|\n  .one = 1\n  .two = 2\n",
    "|-\n     .one = 1\n       deeper\n\n     .two = 2",
    "|+\n  .one = 1\n\n\n  .two = 2\n\n",
    "|2\n    .one = 1\n  .two = 2\n",
    "|  # a remark\n  .one = 1\n  .two = 2\n",
    "|\r\n  .one = 1\r\n  .two = 2\r\n",
    "|\n\n\n  .one = 1\n  .two = 2\n",
    ">\n  .one = 1;\n  .two = 2\n",
    ">-\n  .one = 1\n\n  .two = 2\n",
    ">\n  .one = 1\n    more\n  .two = 2\n",
    ".one = 1; .two = 2",
    ".one = 1;\n   .two = 2",
    "'.one = ''1''; .two = 2'",
    "'.one = ''1'';\n\n   .two = 2'",
    '".one = \\"1\\"\\n.two = 2"',
    '".one = \\"\\u00e9\\x41\\U0001F600\\" ; \\\n    .two = 2"',
    '".one = 1;\n\n   .two = 2"',
    '".one = \\t1;   \n   .two = \\"é😀\\""',
]
TOML_FORMS = [
    "'.one = 1; .two = 2'",
    '".one = \\"1\\" ; .two = \\u00e9"',
    "'''.one = 1\n.two = 2'''",
    "'''\n.one = 1\n.two = 'x' '''",
    "'''\r\n.one = 1\r\n.two = 2'''",
    '"""\n.one = "a" \\\n     ; .two = "\\"" """',
    '""".one = 1 "" .two = 2"""""',
    '".one é😀 .two"',
]


@pytest.mark.parametrize("form", YAML_FORMS)
@pytest.mark.parametrize("head", ["a:\n", "\ufeffa:\n", "# é😀\na:\n"])
def test_yaml(head: str, form: str) -> None:
    indented = form.replace("\n", "\n ")
    text = f"{head} type: dtl\n source: {indented}\n"
    [program] = programs("a.yaml", text)
    document = yaml.safe_load(text.removeprefix("\ufeff"))
    assert program.source.text == document["a"]["source"]
    check_map(program, text)


@pytest.mark.parametrize("form", TOML_FORMS)
def test_toml(form: str) -> None:
    text = f"# é😀\n[a]\ntype = 'remap'\nsource = {form}\n"
    [program] = programs("a.toml", text)
    assert program.source.text == tomllib.loads(text)["a"]["source"]
    check_map(program, text)


def check_map(program: Embedded, text: str) -> None:
    """Check that names stand where they are said to, and that the way back leads to them."""
    for name in (".one", ".two"):
        at = program.source.text.index(name)
        assert program.span_in_file(Span(at, at + 4)) == Span(text.index(name), text.index(name) + 4)
    last = program.span.start
    for offset, character in enumerate(program.source.text):
        place = program.to_file(offset)
        assert last <= place <= program.span.end
        last = place
        if text[place] == character and character not in " \n":
            assert program.to_program(place) == offset
    assert program.to_program(program.span.start - 1) is None
    assert program.to_program(program.span.end + 1) is None
    for place in range(program.span.start, program.span.end + 1):
        back = program.to_program(place)
        assert back is not None and 0 <= back <= len(program.source.text)


@pytest.mark.parametrize(
    ("form", "edit", "expected"),
    [
        ("|\n  .a = b\n", ("b", "x(\n  1\n)"), "|\n  .a = x(\n    1\n  )\n"),
        (".a = b", ("b", '"c"'), '.a = "c"'),
        ("'.a = b'", ("b", "'c'"), "'.a = ''c'''"),
        ('".a = b"', ("b", '"c"\nd'), '".a = \\"c\\"\\nd"'),
        ("|-\n  .a = b", ("b", "c\n"), "|-\n  .a = c"),
        ("|\n  .a = b\n\n  .c\n", (".a = b\n", "x\ny\n"), "|\n  x\n  y\n\n  .c\n"),
        (">\n  .a = b\n", ("b", "c"), ">\n  .a = c\n"),
        (">\n  .a = b\n", ("b", "c\nd"), None),
        (".a = b", ("b", "c\nd"), None),
        ("'.a = b'", ("b", "c\nd"), None),
    ],
)
def test_edits_are_written_as_the_place_needs(form: str, edit: tuple[str, str], expected: str | None) -> None:
    text = f"type: dtl\nsource: {form}"
    [program] = programs("a.yaml", text)
    at = program.source.text.index(edit[0])
    moved = program.edit_in_file(Edit(Span(at, at + len(edit[0])), edit[1]))
    if expected is None:
        assert moved is None
        return
    assert moved is not None
    changed = text[: moved.span.start] + moved.text + text[moved.span.end :]
    assert changed == f"type: dtl\nsource: {expected}"
    assert programs("a.yaml", changed)[0].source.text.rstrip() == program.source.text.replace(*edit).rstrip()


@pytest.mark.parametrize("header", ["|", "|-", '"', "'"])
def test_random_edits_of_a_program_are_edits_of_the_file(header: str) -> None:
    chance = random.Random(header)
    lines = [".a = 1", "", '  b = "é"', "# c", "f(.x)", "}"]
    for _ in range(300):
        old = "\n".join(["x", *(chance.choice(lines) for _ in range(chance.randrange(5)))]) + "\n"
        if header in "'\"":
            old = old.replace("\n", " ").strip()
        margin = "   " if header in "||-" else ""
        quoted = {"'": old.replace("'", "''"), '"': old.replace('"', '\\"')}.get(header)
        block = f"{header}\n" + "".join(f"{margin}{line}\n" if line else "\n" for line in old.split("\n")[:-1])
        text = f"k:\n  type: dtl\n  source: {block if quoted is None else header + quoted + header}\n  z: 1\n"
        [program] = programs("a.yaml", text.replace("\n   ", "\n     ") if quoted is None else text)
        start = chance.randrange(1, len(program.source.text) + 1)
        end = min(start + chance.choice([0, 1, 3, 8, 100]), len(program.source.text))
        new = chance.choice(["", "y", "y\n", "y\nz", "\n", "if é {\n  y\n}\n"])
        moved = program.edit_in_file(Edit(Span(start, end), new))
        if moved is None:
            assert header == "'" and "\n" in new
            continue
        host = program.host.text
        changed = host[: moved.span.start] + moved.text + host[moved.span.end :]
        wanted = program.source.text[:start] + new + program.source.text[end:]
        [after] = programs("a.yaml", changed)
        assert _lines_of(after.source.text) == _lines_of(wanted), (host, changed)


def _lines_of(text: str) -> list[str]:
    """Return lines without white space at their ends, and none at the text's end: a block keeps no such thing."""
    return [line.rstrip() for line in text.rstrip().split("\n")]


# --- against other readers --------------------------------------------------------------------------


def test_random_yaml_texts_are_mapped() -> None:
    chance = random.Random(5)
    alphabet = "ab .=\"'\\\n\n  #:é{}\t"
    for _ in range(1500):
        value = "".join(chance.choice(alphabet) for _ in range(chance.randrange(1, 30)))
        style = chance.choice(["|", ">", '"', "'", None])
        width = chance.choice([10, 20, 80])
        text = yaml.dump({"k": {"type": "dtl", "source": value}}, default_style=style, width=width, allow_unicode=True)
        [program] = programs("a.yaml", text)
        value = yaml.safe_load(text)["k"]["source"]  # not always what was dumped, where it was folded
        assert program.source.text == value, text
        visible = [i for i, mark in enumerate(value) if mark.isalpha() or mark in "=.:{}"]
        wrong = [i for i in visible if text[program.to_file(i)] not in (value[i], "\\")]
        assert not wrong, (text, value, wrong)


def test_random_toml_is_read_as_the_standard_library_does() -> None:
    chance = random.Random(7)
    pieces = [
        "[a]\n",
        "[a.b]\n",
        "[[c]]\n",
        "[[c.d]]\n",
        "x = 1\n",
        "y = 'it'\n",
        'z = "a\\nb"\n',
        "w = '''\nq\n'''\n",
        "# c\n",
        "p.q = [1, 'b', {r = 2}]\n",
        "d = 2024-01-01T00:00:00Z\n",
        "f = [\n 1, # one\n 2,\n]\n",
        '"k k" = true\n',
        "\r\n",
        "t = 12:30:00\n",
        "e = {}\n",
        'm = """\\\n  a""" \n',
        "n = -1.5e3\n",
        "bad\n",
        "u = [}\n",
        "d = 2024-01-01 10:00:00\n",
    ]
    same = 0
    for _ in range(2000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 8)))
        documents, broken = read_toml(text)
        try:
            expected = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue  # ours is the more tolerant
        assert broken is None, text
        assert texts(documents[0]) == expected_texts(expected), text
        same += 1
    assert same > 300


def texts(tree: Tree) -> Any:
    """Return a tree as plain data, with only the kind of what is no text."""
    if isinstance(tree, Table):
        return {key.value: texts(value) for key, value in tree.pairs}
    if isinstance(tree, Items):
        return [texts(item) for item in tree.items]
    return tree.value if isinstance(tree, Text) and tree.is_quoted else None


def expected_texts(value: Any) -> Any:
    """Return plain data with only the kind of what is no text."""
    if isinstance(value, dict):
        return {key: expected_texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [expected_texts(item) for item in value]
    return value if isinstance(value, str) else None
