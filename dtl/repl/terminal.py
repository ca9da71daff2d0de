"""The REPL's terminal: keys, colours, completion; everything it knows comes from the session and the ide layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from dtl.ide.analysis import Analysis, Analyzer
from dtl.ide.completion import complete
from dtl.ide.sample import Sample
from dtl.ide.signature import signature_help
from dtl.ide.tokens import tokens
from dtl.repl.answer import Quit
from dtl.repl.commands import COMMANDS, carry_out
from dtl.repl.session import Session, is_complete
from dtl.repl.show import plain
from dtl.source import Source

_STYLE = Style.from_dict(
    {
        "keyword": "ansimagenta bold",
        "function": "ansiblue",
        "method": "ansiblue",
        "string": "ansigreen",
        "number": "ansicyan",
        "regexp": "ansiyellow",
        "property": "ansibrightcyan",
        "variable": "",
        "comment": "ansibrightblack",
        "command": "ansimagenta",
    }
)


class _Words(Lexer):
    """Colours a line by what its words are."""

    def __init__(self, look: Callable[[str], Analysis]) -> None:
        self.look = look

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return what gives each line in coloured pieces."""
        text, lines = document.text, document.lines
        if text.startswith(":"):
            return lambda number: [("class:command", lines[number])]
        found = tokens(self.look(text))
        starts = Source(text).line_starts

        def line(number: int) -> StyleAndTextTuples:
            start, pieces, at = starts[number], [], 0
            for token in found:
                first, last = token.span.start - start, token.span.end - start
                if first < at or last > len(lines[number]):
                    continue
                pieces += [("", lines[number][at:first]), (f"class:{token.kind}", lines[number][first:last])]
                at = last
            return [*pieces, ("", lines[number][at:])]

        return line


class _Completer(Completer):
    """Offers what the editor would."""

    def __init__(self, look: Callable[[str], Analysis]) -> None:
        self.look = look

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Give what may be written at the cursor."""
        text, offset = document.text, document.cursor_position
        if text.startswith(":"):
            word = document.text_before_cursor[1:]
            for name, command in COMMANDS.items():
                if name.startswith(word):
                    yield Completion(name, -len(word), display_meta=command.__doc__ or "")
            return
        typed = document.get_word_before_cursor(WORD=False)
        for item in sorted(complete(self.look(text), offset), key=lambda each: (each.rank, each.label)):
            if typed and typed.isidentifier() and not item.label.lower().startswith(typed.lower()):
                continue
            inserted = item.label if item.is_snippet else item.text
            yield Completion(inserted, item.span.start - offset, display=item.label, display_meta=item.detail)


def run_terminal(session: Session, history: Path | None) -> None:
    """Read, evaluate and print until `:quit` or the end of input."""
    analyzer = Analyzer(session.functions, session.options())

    def look(text: str) -> Analysis:
        analyzer.options = session.options()
        return analyzer.analyze(Source(text), Sample(tuple(session.events[:20])))

    def toolbar() -> str:
        buffer = prompt.app.current_buffer
        if buffer.text.startswith(":"):
            return f" {session.dialect} · event {session.index + 1}/{len(session.events)}"
        help_ = signature_help(look(buffer.text), buffer.cursor_position)
        return f" {help_.head}" if help_ is not None else f" {session.dialect} · :help"

    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_complete(buffer.text, session.dialect):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    prompt: PromptSession[str] = PromptSession(
        "dtl> ",
        history=FileHistory(str(history)) if history is not None else InMemoryHistory(),
        lexer=_Words(look),
        completer=_Completer(look),
        auto_suggest=AutoSuggestFromHistory(),
        key_bindings=keys,
        style=_STYLE,
        multiline=True,
        prompt_continuation="...  ",
        bottom_toolbar=toolbar,
        complete_while_typing=False,
    )
    while True:
        try:
            line = prompt.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        for answer in carry_out(session, line):
            if isinstance(answer, Quit):
                return
            print(plain(answer, colour=True))
