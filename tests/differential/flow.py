"""Programs at random whose control flow is odd: every way to stop, in every place where something may stop."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

FIELDS = (".a", ".b", ".c", ".c", ".f", ".f", "%m", ".e[0]", ".c.d", "%n.o")
NAMES = ("x", "y", "z")


class Flow:
    """Makes one program in the dialect dtl."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.functions: list[tuple[str, int]] = []
        self.loops = 0
        self.counters = 0
        self.left = random.randint(8, 45)

    def pick(self, *options: str) -> str:
        return self.random.choice(options)

    def grow(self, *options: Callable[[], str]) -> str:
        """Return the text of one option; the others are not made."""
        return self.random.choice(options)()

    def program(self) -> str:
        """Return a program: variables, some user functions, statements."""
        lines = ["x = .a", "y = .f", "z = .b"]
        for index in range(self.random.randint(0, 2)):
            lines.append(self.function(f"f{index}"))
        lines += [self.statement(3) for _ in range(self.random.randint(2, 6))]
        lines.append(".last = [x, y, z]")
        return "\n".join(lines)

    def function(self, name: str) -> str:
        parameters = self.pick("x", "x, y", "v")
        self.functions.append((name, parameters.count(",") + 1))
        loops, self.loops = self.loops, 0
        start = "" if parameters == "x, y" else "y = 2; "
        x = "" if "x" in parameters else "x = v; "
        body = "\n".join(self.statement(2) for _ in range(self.random.randint(1, 3)))
        self.loops = loops
        return f'fn {name}({parameters}) {{ {x}{start}z = "r"\n{body}\n{self.expression(2)} }}'

    def block(self, depth: int) -> str:
        body = "; ".join(self.statement(depth - 1) for _ in range(self.random.randint(1, 3)))
        return f"{{ {body} }}"

    def statement(self, depth: int) -> str:
        """Return a statement."""
        self.left -= 1
        if depth <= 0 or self.left <= 0:
            return f"{self.place()} = {self.expression(1)}"
        kind = self.random.randrange(15)
        if kind <= 2:
            return f"{self.place()} = {self.expression(depth)}"
        if kind == 3:
            return f"{self.place()}, {self.place()} = {self.failing(depth)}"
        if kind == 4:
            return f"if {self.condition(depth)} {self.block(depth)} else {self.block(depth)}"
        if kind == 5:
            return f"if {self.condition(depth)} {self.block(depth)}"
        if kind == 6:
            return f"try {self.block(depth)} catch err {{ {self.place()} = err; {self.statement(depth - 1)} }}"
        if kind == 7:
            self.loops += 1
            body = self.block(depth)
            self.loops -= 1
            return f"for {self.pick('x', 'k', '_')}, {self.pick('y', 'v')} in {self.container(depth)} {body}"
        if kind == 8:
            self.loops += 1
            body = self.block(depth)
            self.loops -= 1
            self.counters += 1
            count = f"n{self.counters}"  # of its own, so that every loop ends
            return f"{count} = 0; while {count} < 3 {{ {count} = {count} + 1; {body} }}"
        if kind == 9:
            target = self.pick(".a", ".c.d", ".e[0]", ".", ".c", "x.y", "%n.o")
            return f"del({target}{self.pick('', ', true', ', .f == 1')})"
        if kind == 10:
            return self.ending(depth)
        if kind == 11:
            return f"for_each({self.container(depth)}) -> |x, v| {self.closed(self.block, depth)}"
        if kind == 12:
            value = self.pick("{}", ".", "x", '. | { "g": 1 }', "")
            return f". = {value or self.expression(depth)}"
        if kind == 13:
            return self.expression(depth)
        return f"{self.place()} = {self.failing(depth)}"

    def ending(self, depth: int) -> str:
        """Return something that stops, if its condition holds."""
        options = ['abort "stop"', "return x", f"return {self.expression(0)}", 'throw "thrown"', "deleted()", "abort"]
        if self.loops:
            options += ["break", "continue", "break", "continue"]
        return f"if {self.condition(depth)} {{ {self.pick(*options)} }}"

    def test_ending(self, depth: int) -> str:
        """Return something that stops a closure which gives a boolean."""
        return f"if {self.condition(depth)} {{ {self.pick('return true', 'return v == 1', 'abort', 'throw z')} }}"

    def closed(self, make: Callable[[int], str], depth: int) -> str:
        """Return what is made for the inside of a closure, which no loop reaches into."""
        loops, self.loops = self.loops, 0
        text = make(depth)
        self.loops = loops
        return text

    def place(self) -> str:
        return self.pick(*FIELDS, *FIELDS, *NAMES, ".big[3].k")

    def condition(self, depth: int) -> str:
        self.left -= 1
        if depth <= 0 or self.left <= 0:
            return self.pick(".f == 1", "exists(.a)", "!exists(.c.d)", "is_string(.a)", ".f == 1 && .a == 2")
        return self.grow(
            lambda: f"{self.expression(depth - 1)} == {self.expression(1)}",
            lambda: f"({self.failing(depth - 1)} ?? false) == true",
            lambda: f"(.f == 1 || {{ {self.ending(0)}; true }})",
            lambda: self.condition(0),
        )

    def container(self, depth: int) -> str:
        return self.pick(
            '{ "p": 1, "o": "w" }', "[1, 2, 3]", "array!(.e)", "object!(.c)", '(array(.e) ?? [1, "s"])', "{}",
            "values({ \"k\": x, \"l\": 5 })",
        )  # fmt: skip

    def failing(self, depth: int) -> str:
        """Return an expression that can fail."""
        if depth <= 0:
            return self.pick("to_int(.a)", "to_int(x)", "1 / int!(.f)", "string(.b)")
        inner = depth - 1
        return self.grow(
            lambda: f"to_int({self.expression(inner)})",
            lambda: f"string({self.expression(inner)})",
            lambda: f"(to_int!(x) + {self.failing(inner)})",
            lambda: f"upcase(string({self.expression(inner)}))",
            lambda: f"{{ {self.ending(inner)}; to_int(.a) }}",
            lambda: f"(.a + {self.expression(inner)})",
            lambda: f"(.a < {self.expression(inner)})",
            lambda: f"(to_bool(.f) || {{ {self.ending(inner)}; to_int(.a) == 1 }})",
            lambda: f"map_values(array(.e) ?? [5]) -> |x| {{ {self.closed(self.ending, inner)}; to_int(x) }}",
            lambda: self.invoked(inner),
        )

    def invoked(self, depth: int) -> str:
        if not self.functions:
            return "to_float(.a)"
        name, count = self.random.choice(self.functions)
        arguments = ", ".join(self.expression(depth - 1) for _ in range(count))
        return f"{name}({arguments})"

    def expression(self, depth: int) -> str:
        """Return an expression."""
        self.left -= 1
        if depth <= 0 or self.left <= 0:
            constant = self.pick("1", '"s"', "null", "true", "2.5")
            return self.pick(constant, "x", "y", "z", ".a", ".c.d", ".e[0]", ".f", ".", "x.y", "%m")
        inner = depth - 1
        return self.grow(
            lambda: f"({self.failing(depth)} ?? {self.expression(inner)})",
            lambda: f"[{self.expression(inner)}, {self.expression(inner)}]",
            lambda: f'{{ "k": {self.expression(inner)}, "j": {self.expression(inner)} }}',
            lambda: f"if {self.condition(inner)} {{ {self.expression(inner)} }} else {{ {self.expression(inner)} }}",
            lambda: f"(y = {self.expression(inner)})",
            lambda: f"({self.expression(inner)} || {self.expression(inner)})",
            lambda: f"{{ {self.statement(inner)}; {self.expression(inner)} }}",
            lambda: self.failing(inner),
            lambda: f"to_string({self.pick('1', '2.5', 'null', '.a')})",
            lambda: f"(filter([1, 2]) -> |i, v| {{ {self.closed(self.test_ending, inner)}; v == 2 }})",
            lambda: f'(filter({{ "k": 1 }}) -> |x, v| {{ {self.closed(self.test_ending, inner)}; v == x }})',
            lambda: f'(map_values({{ "k": 1 }}) -> |z| {{ {self.closed(self.statement, inner)}; z = 7; [z, x] }})',
            lambda: self.expression(0),
        )


def flow_program(random: Random) -> str:
    """Return a program with odd control flow; not every one compiles."""
    return Flow(random).program()


#: Events that take such programs down different ways.
EVENTS = (
    {},
    {"a": 2, "b": "s", "c": {"d": "5"}, "e": [1, "x", 3], "f": 1},
    {"a": "7", "c": {"d": [1, {"k": None}]}, "e": ["1", "2"], "f": 0},
    {"a": "z", "b": None, "c": 5, "e": {"k": 1}, "f": True},
)
