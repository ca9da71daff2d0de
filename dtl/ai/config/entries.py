"""The configuration of models and vector stores: what a file says, checked, with the place of every mistake."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dtl.ai.config.secret import Secret
from dtl.ai.config.settings import MODEL_SETTINGS, PROVIDERS, STORE_SETTINGS, STORES, Setting, WrongValue
from dtl.ai.config.tree import ConfigError, Leaf, Place, Problem, Table, Tree, plain, read_tree
from dtl.ai.provider import Price
from dtl.values.errors import FunctionError

#: The file that is looked for in the folder of a program and those above it.
FILE_NAME = "dtl.toml"
_VARIABLE = re.compile(r"\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}|\$\$")
#: Settings of an entry that change its answers: they are part of the cache's keys and go to the provider.
ANSWER_OPTIONS = frozenset(
    {"temperature", "max_tokens", "top_p", "seed", "dimensions", "input_type", "truncate", "reasoning_effort", "stop"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A named model or store.

    Attributes:
        name: As programs call it.
        kind: The provider of a model, the type of a store.
        model: The provider's name of the model; empty for stores.
        settings: Everything else, checked; secrets are Secret.
        unset: Settings whose environment variable is not set, with its name. The entry cannot be used.
        place: Where it stands.
    """

    name: str
    kind: str
    model: str
    settings: Mapping[str, Any]
    unset: Mapping[str, str]
    place: Place

    def usable(self) -> Entry:
        """Return this entry.

        Raises:
            FunctionError: An environment variable that it names is not set.
        """
        for setting, variable in self.unset.items():
            raise FunctionError(f'"{self.name}" cannot be used: {variable}, its "{setting}", is not set ({self.place})')
        return self

    def get(self, setting: str, default: Any = None) -> Any:
        """Return a setting."""
        return self.settings.get(setting, default)

    def need(self, setting: str) -> Any:
        """Return a setting that the entry cannot do without.

        Raises:
            FunctionError: It is not set.
        """
        value = self.get(setting)
        if value is None:
            what = "store" if self.kind in STORES else "model"
            raise FunctionError(f'the {what} "{self.name}" needs "{setting}" ({self.place})')
        return value

    def secret(self, setting: str = "api_key") -> str:
        """Return a secret's text; empty when it is not given."""
        found = self.settings.get(setting)
        return found.reveal() if isinstance(found, Secret) else ""

    @property
    def answer_options(self) -> dict[str, Any]:
        """Return the settings that change answers."""
        return {name: value for name, value in self.settings.items() if name in ANSWER_OPTIONS}

    @property
    def price(self) -> Price | None:
        """Return the entry's own price, if it states one."""
        found = self.settings.get("price")
        return found if isinstance(found, Price) else None


@dataclass(frozen=True, slots=True)
class AiConfig:
    """The models and stores that a run may use.

    Attributes:
        models: Entries of `ai_models`, those of its `local_models` included.
        stores: Entries of `vector_stores`.
        file: Where they were read; empty when nothing is configured.
    """

    models: Mapping[str, Entry] = field(default_factory=dict)
    stores: Mapping[str, Entry] = field(default_factory=dict)
    file: str = ""


def find_config(script: str) -> Path | None:
    """Return the `dtl.toml` nearest to a program: in its folder or one above; of the working folder for no file."""
    folder = Path(script).resolve().parent if script and script != "-" else Path.cwd()
    return next((path for each in (folder, *folder.parents) if (path := each / FILE_NAME).is_file()), None)


def load_config(path: str | Path, environment: Mapping[str, str] | None = None) -> AiConfig:
    """Return the configuration in a file.

    Raises:
        ConfigError: It cannot be read, or something in it is wrong.
    """
    file = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise ConfigError([Problem(Place(file, 1, 1), f"cannot be read: {reason.strerror or reason}")]) from None
    except UnicodeDecodeError:
        raise ConfigError([Problem(Place(file, 1, 1), "not UTF-8")]) from None
    return read_config(text, file, os.environ if environment is None else environment)


def read_config(text: str, file: str, environment: Mapping[str, str]) -> AiConfig:
    """Return the configuration that a file's text gives.

    Raises:
        ConfigError: Something in it is wrong; all mistakes are told together.
    """
    tree = read_tree(text, file)
    reader = _Reader(environment, Path(file).parent)
    models = reader.entries(tree, "ai_models", "provider", PROVIDERS, MODEL_SETTINGS)
    stores = reader.entries(tree, "vector_stores", "type", STORES, STORE_SETTINGS)
    if reader.problems:
        raise ConfigError(reader.problems)
    return AiConfig(models, stores, file)


class _Reader:
    """Reads entries and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        self.problems: list[Problem] = []

    def entries(
        self, tree: Table, section: str, kind: str, kinds: tuple[str, ...], known: Mapping[str, Setting]
    ) -> dict[str, Entry]:
        """Return a section's entries by name."""
        part = tree.parts.get(section)
        if part is None or (isinstance(part, Leaf) and part.value is None):
            return {}
        if not isinstance(part, Table):
            self.fail(part.place, f'"{section}" must be a mapping of names')
            return {}
        found: dict[str, Entry] = {}
        for name, entry in part.parts.items():
            if not isinstance(entry, Table):
                self.fail(entry.place, f'"{section}.{name}" must be a mapping')
            elif section == "ai_models" and name == "local_models" and not {"provider", "type"} & entry.parts.keys():
                for local, inner in entry.parts.items():
                    self.add(found, local, inner, f"{section}.{name}", "type", kinds, known)
            else:
                chosen = (
                    "type" if kind == "provider" and "provider" not in entry.parts and "type" in entry.parts else kind
                )
                self.add(found, name, entry, section, chosen, kinds, known)
        return found

    def add(
        self,
        found: dict[str, Entry],
        name: str,
        tree: Tree,
        section: str,
        kind: str,
        kinds: tuple[str, ...],
        known: Mapping[str, Setting],
    ) -> None:
        """Read one entry."""
        if not isinstance(tree, Table):
            self.fail(tree.place, f'"{section}.{name}" must be a mapping')
            return
        if name in found:
            self.fail(tree.place, f'there is another entry "{name}" ({found[name].place})')
            return
        parts, places = dict(tree.parts), dict(tree.places)
        inner = parts.pop("config", None)
        if isinstance(inner, Table):
            for setting, value in inner.parts.items():
                if setting in parts:
                    self.fail(inner.places[setting], f'"{setting}" stands beside "config" too')
                parts[setting], places[setting] = value, inner.places[setting]
        elif inner is not None:
            self.fail(inner.place, '"config" must be a mapping')
        before = len(self.problems)
        unset: dict[str, str] = {}
        chosen = parts.pop(kind, None)
        which = self.text(chosen, unset, kind)
        model = self.text(parts.pop("model", None), unset, "model") if section != "vector_stores" else ""
        if which is None and section == "vector_stores":
            which = "memory"
        if which is None:
            self.fail(tree.place, f'"{name}" has no "{kind}"; one of: {", ".join(kinds)}')
        elif which not in kinds:
            place = chosen.place if chosen is not None else tree.place
            self.fail(place, f'unknown {kind} "{which}"; one of: {", ".join(kinds)}')
        settings = {}
        for setting, value in parts.items():
            if setting not in known:
                self.fail(places[setting], f'unknown setting "{setting}"{_near(setting, known)}')
                continue
            try:
                settings[setting] = known[setting](self.substituted(value, unset, setting), self.folder)
            except WrongValue as reason:
                self.fail(value.place, f'"{setting}" {reason}')
        if len(self.problems) == before:
            found[name] = Entry(name, which or "", model or "", settings, unset, tree.places.get(kind, tree.place))

    def text(self, tree: Tree | None, unset: dict[str, str], setting: str) -> str | None:
        """Return a setting that is a text."""
        if tree is None:
            return None
        value = self.substituted(tree, unset, setting)
        if value is None or isinstance(value, str):
            return value
        self.fail(tree.place, f'"{setting}" must be a text')
        return None

    def substituted(self, tree: Tree, unset: dict[str, str], setting: str) -> Any:
        """Return a tree's plain data with `${NAME}` and `${NAME:-default}` replaced; `$$` is a dollar sign."""

        def replace(match: re.Match[str]) -> str:
            name, default = match.group(1), match.group(2)
            if name is None:
                return "$"
            value = self.environment.get(name)
            if value is None and default is None:
                unset[setting] = name
                return match.group()
            return value if value is not None else default

        def walk(data: Any) -> Any:
            if isinstance(data, str):
                return _VARIABLE.sub(replace, data)
            if isinstance(data, list):
                return [walk(each) for each in data]
            return {name: walk(each) for name, each in data.items()} if isinstance(data, dict) else data

        return walk(plain(tree))

    def fail(self, place: Place, message: str) -> None:
        """Note a mistake."""
        self.problems.append(Problem(place, message))


def _near(setting: str, known: Mapping[str, Setting]) -> str:
    letters = set(setting)
    best = max(known, key=lambda name: len(letters & set(name)) / len(letters | set(name)))
    return f'; did you mean "{best}"?'
