"""The `parse_groks` function."""

import json

from dtl.functions import Arguments, InvalidArgument, function
from dtl.types.annotations import Array, Fallible, File, Object, StaticItems, String
from dtl.values.text import replaced

from ._datadog_expand import InvalidRule
from ._datadog_match import match_rules
from ._datadog_rules import Rule, compile_rules

_Aliases = tuple[tuple[str, str], ...]


@function
def parse_groks(
    value: String,
    patterns: StaticItems[Array],
    aliases: StaticItems[Object] = {},
    alias_sources: File[StaticItems[Array]] = [],
) -> Fallible[Object]:
    """Parse a text with the first of several grok patterns that matches all of it.

    The patterns are those of Datadog's log parsing: `%{matcher:path:filter}`. A matcher is a named pattern (`word`,
    `notSpace`, `ip`, Logstash's names), one with a value of its own kind (`integer`, `number`, `date("yyyy-MM-dd")`),
    `regex("...")`, or an alias. The path may have dots. A filter changes the text: `lowercase`, `uppercase`,
    `integer`, `number`, `boolean`, `scale(2)`, `nullIf("-")`, `json`, `xml`, `querystring`, `rubyhash`, `keyvalue`,
    `array`, `decodeuricomponent`; a field whose filter fails is left out.

    Args:
        value: The text.
        patterns: The patterns, in the order in which they are tried.
        aliases: Patterns by name, for use in the patterns and in each other.
        alias_sources: Files with more aliases, each a JSON object.

    Raises:
        No pattern matches the text.
        A pattern takes too many steps.

    Examples:
        Read a log line:
            >>> parse_groks!("ann 200 0.5", [s'%{word:user.name} %{integer:status} %{number:seconds:scale(1000)}'])
            { "seconds": 500, "status": 200, "user": { "name": "ann" } }

        Use aliases:
            >>> parse_groks!("[ann] hello", ["%{who} %{greedyData:text}"], aliases: { "who": "\\\\[%{word:user}\\\\]" })
            { "text": "hello", "user": "ann" }

        The text has another form:
            >>> parse_groks!("nothing here", ["%{integer:number}"])
            error: unable to parse grok: value does not match any rule

        A pattern tries too many ways to match:
            >>> parse_groks!("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ["(a+a+)+b"])
            error: unable to parse grok: failure during regex engine runtime for match of the pattern against the value.
    """
    return match_rules(replaced(value), _rules(patterns, aliases, alias_sources))  # type: ignore[arg-type]


@parse_groks.prepare("patterns")
def _patterns(patterns: list[object]) -> tuple[str, ...]:
    return tuple(_string(pattern, "grok pattern should be a string") for pattern in patterns)


@parse_groks.prepare("aliases")
def _aliases(aliases: dict[str, object]) -> _Aliases:
    return tuple((name, _string(aliases[name], "alias pattern should be a string")) for name in sorted(aliases))


@parse_groks.prepare("alias_sources")
def _alias_sources(sources: list[object]) -> _Aliases:
    found: dict[str, str] = {}
    for source in sources:
        path = _string(source, "alias source should be a string")
        try:
            with open(path, "rb") as file:
                text = file.read()
        except OSError:
            raise InvalidArgument("Unable to open alias source file") from None
        try:
            aliases = json.loads(text)
        except ValueError:
            aliases = None
        if not isinstance(aliases, dict) or not all(isinstance(alias, str) for alias in aliases.values()):
            raise InvalidArgument("Unable to read alias source")
        found.update(aliases)
    return tuple(found.items())


@parse_groks.check
def _(arguments: Arguments) -> None:
    known = arguments.constants
    if "patterns" in known:
        _rules(
            _patterns(known["patterns"]),
            _aliases(known.get("aliases", {})),
            _alias_sources(known.get("alias_sources", [])),
        )


def _rules(patterns: tuple[str, ...], aliases: _Aliases, sources: _Aliases) -> tuple[Rule, ...]:
    try:
        return compile_rules(patterns, aliases + sources)
    except InvalidRule as reason:
        raise InvalidArgument(str(reason), code=112) from None


def _string(value: object, otherwise: str) -> str:
    if not isinstance(value, str):
        raise InvalidArgument(otherwise)
    return value
