"""Programs and events at random, well-typed and ill-typed, for comparing engines.

Everything is drawn from one `random.Random`; hypothesis passes its own, so that a failure shrinks.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

FIELDS = ("a", "b", "c", "list", "obj", "msg", "n")
NAMES = ("x", "y", "z", "acc")
KINDS = ("string", "integer", "float", "boolean", "null", "array", "object", "timestamp", "any")

_TEXTS = ('""', '"a"', '"abc"', '"5"', '"x y"', '"é"', '"true"', '"1.5"', "s'raw'", '"a,b"', '"2021-02-03T04:05:06Z"')
_INTEGERS = ("0", "1", "2", "-1", "5", "42", "9223372036854775807", "-9223372036854775808")
_FLOATS = ("0.0", "1.0", "2.5", "-0.5", "100.25")
_TIMES = ("t'2021-02-03T04:05:06Z'", "t'2020-01-01T00:00:00.5Z'")
_REGEXES = ("r'a'", r"r'\d+'", r"r'(?P<w>\w+)'")
# Only small ones: the real engine dies of a text that is repeated too often.
_FACTORS = ("0", "1", "-1", "3", "42", "2.5", ".n")
_UNITS = ('"milliseconds"', '"weeks"', "s")
_SEGMENTS = ('"a"', '"b"', "0", "-1", "true")


class Generator:
    """Makes one program; knows which variables are (probably) in scope."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.scopes: list[list[str]] = [[]]
        self.budget = random.randint(6, 40)

    # --- choices --------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        """Return true in a share of cases."""
        return self.random.random() < share

    def pick(self, options: Any) -> Any:
        """Return one of the options."""
        return self.random.choice(options)

    @property
    def known(self) -> list[str]:
        """Return the variables in scope."""
        return [name for scope in self.scopes for name in scope]

    # --- programs -------------------------------------------------------------------------------

    def program(self) -> str:
        """Return a program."""
        return "\n".join(self.statement(3) for _ in range(self.random.randint(1, 6)))

    def statement(self, depth: int) -> str:
        """Return a root or block expression."""
        roll = self.random.random()
        if roll < 0.34:
            return self.assignment(depth)
        if roll < 0.48:
            name, error = self.target(), self.pick((*NAMES, "err", "_", ".err"))
            text = f"{name}, {error} = {self.fallible(depth)}"
            self.declare(name)
            self.declare(error)
            return text
        if roll < 0.60:
            return self.conditional(depth)
        if roll < 0.66:
            return f"del({self.path()}{self.pick(('', '', ', compact: true', ', compact: false'))})"
        if roll < 0.72:
            return self.for_each(depth)
        if roll < 0.76:
            return f"{self.target()} |= {self.expression(depth - 1, 'object')}"
        if roll < 0.78:
            return self.pick(("abort", 'abort "stop"', "return 1", f"abort {self.expression(1, 'string')}"))
        if roll < 0.82:
            return f"{{ {self.block_body(depth)} }}"
        if roll < 0.88:
            return f".t = type_def({self.expression(depth - 1, self.pick(KINDS))})"
        return self.expression(depth, self.pick(KINDS))

    def assignment(self, depth: int) -> str:
        """Return a plain assignment."""
        target = self.target()
        kind = self.pick(KINDS)
        value = self.conditional(depth - 1) if self.chance(0.1) and depth > 1 else self.expression(depth, kind)
        self.declare(target)
        return f"{target} = {value}"

    def declare(self, target: str) -> None:
        """Note an assigned variable."""
        name = target.split(".")[0].split("[")[0]
        if name in NAMES or name == "err":
            self.scopes[-1].append(name)

    def block_body(self, depth: int) -> str:
        """Return a block's inside."""
        self.scopes.append([])
        body = self.pick(("; ", "\n")).join(self.statement(depth - 1) for _ in range(self.random.randint(1, 2)))
        self.scopes.pop()
        return body

    def conditional(self, depth: int) -> str:
        """Return an if."""
        text = f"if {self.predicate(depth)} {{ {self.block_body(depth)} }}"
        if self.chance(0.3):
            text += f" else if {self.predicate(depth)} {{ {self.block_body(depth)} }}"
        if self.chance(0.5):
            text += f" else {{ {self.block_body(depth)} }}"
        return text

    def predicate(self, depth: int) -> str:
        """Return an if's predicate."""
        return self.expression(depth - 1, "boolean")

    def for_each(self, depth: int) -> str:
        """Return a loop over a container."""
        self.scopes.append([])
        key, value = self.pick((("k", "v"), ("_", "v"), ("k", "_"), ("x", "y")))
        self.scopes[-1] += [name for name in (key, value) if name != "_"]
        over = self.expression(1, self.pick(("array", "object")))
        text = f"for_each({over}) -> |{key}, {value}| {{ {self.block_body(depth)} }}"
        self.scopes.pop()
        return text

    # --- places ---------------------------------------------------------------------------------

    def path(self) -> str:
        """Return a path into the event, the metadata or a variable."""
        roll = self.random.random()
        if roll < 0.12 and self.known:
            return self.pick(self.known) + self.steps(1)
        if roll < 0.18:
            return "%" + self.pick(FIELDS) + self.steps(0)
        return "." + self.pick(FIELDS) + self.steps(0)

    def steps(self, least: int) -> str:
        """Return path segments."""
        count = max(least, self.pick((0, 0, 0, 1, 1, 2)))
        return "".join(self.pick((".a", ".b", '."x y"', "[0]", "[1]", "[-1]", "[-2]")) for _ in range(count))

    def target(self) -> str:
        """Return what an assignment writes to."""
        roll = self.random.random()
        if roll < 0.35:
            return self.pick(NAMES) + (self.steps(0) if self.chance(0.25) else "")
        if roll < 0.38:
            return self.pick((".", "%", "_"))
        return self.path()

    # --- expressions ----------------------------------------------------------------------------

    def expression(self, depth: int, kind: str) -> str:
        """Return an expression, mostly of a kind."""
        self.budget -= 1
        if depth <= 0 or self.budget < 0:
            return self.leaf(kind)
        if self.chance(0.08):
            kind = self.pick(KINDS)
        roll = self.random.random()
        if roll < 0.25:
            return self.leaf(kind)
        if roll < 0.31:
            return f"({self.expression(depth - 1, kind)})"
        if roll < 0.35:
            return f"{{ {self.expression(depth - 1, kind)} }}"
        if roll < 0.43:
            return f"({self.fallible(depth - 1)} ?? {self.expression(depth - 1, kind)})"
        if roll < 0.47:
            return f"({self.expression(depth - 1, 'any')} || {self.expression(depth - 1, kind)})"
        return self.made(depth, kind)

    def made(self, depth: int, kind: str) -> str:
        """Return an operation or call that gives a kind."""
        one, two = (lambda k: self.expression(depth - 1, k)), self.random.randint(0, 9)
        if self.chance(0.25):
            return self.rarer(depth, kind)
        if kind == "string":
            return (
                f"{one('string')} + {one('string')}",
                f"upcase({one('string')})",
                f"to_string({one('integer')})",
                f"downcase{self.bang()}({one('string')})",
                f"string{self.bang()}({one('any')})",
                f'join{self.bang()}(split({one("string")}, ","), "-")',
                f"encode_json({one('any')})",
                f"slice!({one('string')}, {self.pick(_INTEGERS[:5])})",
                f'replace({one("string")}, "a", {one("string")})',
                f"truncate({one('string')}, {self.pick(('0', '2', '10'))})",
            )[two]
        if kind == "integer":
            return (
                f"{one('integer')} + {one('integer')}",
                f"{one('integer')} - {one('integer')}",
                f"{one('integer')} * {self.pick(_FACTORS)}",
                f"to_int{self.bang()}({one('any')})",
                f"int{self.bang()}({one('any')})",
                f"length({one(self.pick(('string', 'array', 'object')))})",
                f"strlen({one('string')})",
                f"abs({one('integer')})",
                f"mod({one('integer')}, {self.pick(('2', '3', '0'))})",
                f"to_unix_timestamp({one('timestamp')})",
            )[two]
        if kind == "float":
            return (
                f"{one('float')} + {one(self.pick(('float', 'integer')))}",
                f"{one('integer')} / {self.pick(('2', '0', '2.5', '4'))}",
                f"{one('float')} * {self.pick(_FACTORS)}",
                f"to_float{self.bang()}({one('any')})",
                f"{one('integer')} / {one('integer')}",
                f"round({one('float')}, precision: 1)",
                f"floor({one('float')})",
                f"{one('float')} - {one('float')}",
                f"float{self.bang()}({one('any')})",
                f"parse_float{self.bang()}({one('string')})",
            )[two]
        if kind == "boolean":
            return (
                f"{one(self.pick(KINDS))} == {one(self.pick(KINDS))}",
                f"{one('any')} != {one('any')}",
                f"{one('integer')} {self.pick(('<', '<=', '>', '>='))} {one(self.pick(('integer', 'float')))}",
                f"!{one('boolean')}",
                f"{one('boolean')} && {one('boolean')}",
                f"exists({self.path()})",
                f"is_{self.pick(('string', 'integer', 'null', 'object', 'array'))}({one('any')})",
                f"contains({one('string')}, {one('string')})",
                f"to_bool{self.bang()}({one('any')})",
                f"match({one('string')}, {self.pick(_REGEXES)})",
            )[two]
        if kind == "array":
            return (
                f"[{one('any')}, {one('any')}]",
                f"push({one('array')}, {one('any')})",
                f"append({one('array')}, {one('array')})",
                f'split({one("string")}, ",")',
                f"map_values({one('array')}) -> |v| {{ {self.closure_body(depth, 'v', 'any')} }}",
                f"filter({one('array')}) -> |_i, v| {{ {self.closure_body(depth, 'v', 'boolean')} }}",
                f"array{self.bang()}({one('any')})",
                f"keys({one('object')})",
                f"values({one('object')})",
                f"flatten({one('array')})",
            )[two]
        if kind == "object":
            return (
                f'{{"a": {one("any")}, "b": {one("any")}}}',
                f"{one('object')} | {one('object')}",
                f"merge({one('object')}, {one('object')})",
                f"object{self.bang()}({one('any')})",
                f"map_values({one('object')}) -> |v| {{ {self.closure_body(depth, 'v', 'any')} }}",
                f"map_keys({one('object')}) -> |k| {{ {self.closure_body(depth, 'k', 'string')} }}",
                f"filter({one('object')}) -> |k, v| {{ {self.closure_body(depth, 'k', 'boolean')} }}",
                f'{{"x y": {one("any")}}}',
                f"parse_regex{self.bang()}({one('string')}, {self.pick(_REGEXES)})",
                f'set{self.bang()}({one("object")}, ["a"], {one("any")})',
            )[two]
        if kind == "timestamp":
            return (
                f'parse_timestamp{self.bang()}({one("string")}, "%Y-%m-%dT%H:%M:%SZ")',
                f"timestamp{self.bang()}({one('any')})",
                f"from_unix_timestamp{self.bang()}({one('integer')})",
                *[self.pick(_TIMES)] * 7,
            )[two]
        if kind == "null":
            return self.pick(("null", "null", f"del({self.path()})"))
        return (
            self.path(),
            f"parse_json{self.bang()}({one('string')})",
            f"del({self.path()})",
            f'get{self.bang()}({one("object")}, ["a"])',
            f"{{ {self.conditional(depth - 1)} }}",
            f"{one('object')}.a" if self.chance(0.2) else self.path(),
            f"[{one('any')}][0]",
            f"{{{one('any')}}}.a",
            f'"<{{{{ {self.pick((*NAMES, *self.known))} }}}}>"',
            f"({self.pick(NAMES)} = {one('any')})",
        )[two]

    def rarer(self, depth: int, kind: str) -> str:
        """Return a call whose type depends on its arguments in a way of its own."""
        one, bang = (lambda k: self.expression(depth - 1, k)), self.bang()
        options: dict[str, tuple[str, ...]] = {
            "string": (
                f'format_timestamp{bang}({one("timestamp")}, "%F")',
                f"replace_with({one('string')}, r'b') -> |m| {{ {self.closure_body(depth, 'm.string', 'string')} }}",
                f"join{bang}({one('array')}, {one('string')})",
                f"{one('string')} * {self.pick(_FACTORS)}",
                f"encode_key_value{bang}({one('object')})",
            ),
            "integer": (
                f"find({one('string')}, {one('string')})",
                f"strlen{bang}({one('any')})",
                f"to_unix_timestamp({one('timestamp')}, unit: {self.pick(_UNITS)})",
                f"{one('integer')} ?? {one('integer')}",
                f"length{bang}({one('any')})",
            ),
            "boolean": (
                f"includes{bang}({one('array')}, {one('any')})",
                f"starts_with({one('string')}, {one('string')}, case_sensitive: {one('boolean')})",
                f"match_array{bang}({one('array')}, {self.pick(_REGEXES)})",
                f"is_nullish({one('any')})",
                f"is_empty({one(self.pick(('string', 'array', 'object', 'any')))})",
            ),
            "array": (
                f"pop({one('array')})",
                f"unique({one('array')})",
                f"chunks{bang}({one(self.pick(('array', 'string')))}, {self.pick(('1', '2', '0'))})",
                f"zip{bang}({one('array')}, {one('array')})",
                f"compact{bang}({one('array')})",
                f"[del({self.path()})]",
            ),
            "object": (
                f"compact{bang}({one('object')}, recursive: {one('boolean')})",
                f"remove{bang}({one('object')}, [{self.pick(_SEGMENTS)}])",
                f"tally{bang}({one('array')})",
                f"flatten({one('object')})",
                f"unflatten({one('object')})",
                f'parse_key_value{bang}({one("string")}, whitespace: "strict")',
                f"merge({one('object')}, {one('object')}, deep: {one('boolean')})",
                f"object_from_array{bang}({one('array')})",
            ),
            "any": (
                f"get{bang}({one('any')}, [{self.pick(_SEGMENTS)}])",
                f"set{bang}({one('any')}, [{self.pick(_SEGMENTS)}], {one('any')})",
                f"unnest{bang}({self.path()})",
                f"pop{bang}({one('any')})",
                f"{{ {self.target()} = {one('any')}; {one('any')} }}",
                f"({one('any')} && {one('any')})",
                f"({one('any')} || {{ {self.pick(('abort', 'return 1', one('any')))} }})",
                f"[{one('any')}, {one('any')}][{self.pick(('-1', '1', '5'))}]",
            ),
        }
        return self.pick(options.get(kind, (self.leaf(kind),)))

    def closure_body(self, depth: int, name: str, kind: str) -> str:
        """Return a closure's body that may use its parameter."""
        self.scopes.append([name])
        body = self.expression(depth - 1, kind) if self.chance(0.7) else name
        self.scopes.pop()
        return body

    def bang(self) -> str:
        """Return `!` or nothing."""
        return "!" if self.chance(0.6) else ""

    def fallible(self, depth: int) -> str:
        """Return an expression that most probably can fail."""
        one = lambda k: self.expression(depth - 1, k)  # noqa: E731
        return self.pick(
            (
                f"to_int({one('any')})",
                f"parse_json({one('string')})",
                f"string({self.path()})",
                f"1 / {one('integer')}",
                f"{self.path()} + {one('integer')}",
                f"upcase({self.path()})",
                f"{self.path()} > {one('integer')}",
                f"object({one('any')})",
                f"parse_regex({one('string')}, {self.pick(_REGEXES)})",
                f"to_float({one('string')})",
                f"{{ .seen = true; to_int({one('string')}) }}",
                f"map_values({one('array')}) -> |v| {{ to_int(v) }}",
            )
        )

    def leaf(self, kind: str) -> str:
        """Return a literal, a path or a variable."""
        if self.chance(0.22):
            return self.path()
        if self.known and self.chance(0.3):
            return self.pick(self.known)
        if kind == "any":
            kind = self.pick(KINDS[:-1])
        return self.pick(
            {
                "string": _TEXTS,
                "integer": _INTEGERS,
                "float": _FLOATS,
                "boolean": ("true", "false"),
                "null": ("null",),
                "array": ("[]", "[1, 2]", '["a", 5, null]', "[[1], {}]"),
                "object": ("{}", '{"a": 1}', '{"a": "s", "b": [1]}', '{"b": {"a": null}}'),
                "timestamp": _TIMES,
            }[kind]
        )


_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    5,
    -3,
    2.5,
    "",
    "abc",
    "5",
    "é",
    "a,b",
    [],
    [1, "x", None],
    {},
    {"a": 1},
    {"a": {"b": [1, 2]}, "b": "s"},
)


def event(random: Random) -> dict[str, Any]:
    """Return an event of plain JSON values."""
    return {field: random.choice(_VALUES) for field in FIELDS if random.random() < 0.6}


def case(random: Random) -> tuple[str, list[dict[str, Any]]]:
    """Return a program and the events it is run on."""
    return Generator(random).program(), [event(random) for _ in range(3)]


def event_text(value: dict[str, Any]) -> str:
    """Return an event as the JSON text that both engines read."""
    return json.dumps(value, ensure_ascii=False)
