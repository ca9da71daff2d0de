"""Where a request goes: to an entry of the configuration, or to the methods of this machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dtl.ai.accounting.prices import price_of
from dtl.ai.config.entries import AiConfig, Entry
from dtl.ai.config.tree import Place
from dtl.ai.provider import Provider, Target
from dtl.ai.providers import make_provider
from dtl.ai.request import Kind, Request
from dtl.ai.stores import make_store
from dtl.values.errors import FunctionError

#: How a request names a provider in place of a model (`gpt_summarize`, `claude_chat`).
PROVIDER_PREFIX = "provider:"
_EMBEDS = re.compile(r"embed|minilm|bge-|e5-|gte-|mpnet", re.IGNORECASE)
#: Names that an entry may have to be the default of a kind without saying so.
_USUAL: dict[Kind, tuple[str, ...]] = {
    "embed": ("embeddings", "embedding", "embed"),
    "chat": ("llm", "chat", "default"),
    "image": ("vision", "image", "llm"),
}
_CAN: dict[str, frozenset[Kind]] = {
    "anthropic": frozenset({"chat", "image"}),
    "onnx": frozenset({"embed", "predict", "image", "chat"}),
    "sentence_transformers": frozenset({"embed"}),
    "local": frozenset({"embed", "chat", "image"}),
}
_LOCAL = Entry("local", "local", "", {}, {}, Place("", 1, 1))


class ConfiguredRouter:
    """Routes requests by a configuration.

    Without any configuration everything is answered locally. With one, a request goes to the entry that it names, by
    the entry's name or its model; else to the default entry of its kind; else to the local methods.

    Args:
        config: The models and stores.
        warn: Takes a line about what is done otherwise than a program says; each line once.
    """

    def __init__(self, config: AiConfig | None = None, warn: Callable[[str], None] = lambda text: None) -> None:
        self.config = config or AiConfig()
        self._warn = warn
        self._warned: set[str] = set()
        self._providers: dict[str, Provider] = {}
        self._stores: dict[str, Provider] = {}

    def target(self, request: Request) -> Target:
        """Return where a request goes.

        Raises:
            FunctionError: No such model or store, or it cannot do this kind of request.
        """
        if request.kind == "search":
            return Target(self.store(request.model or ""), request.model or "")
        entry = self.entry(request.kind, request.task, request.model).usable()
        provider = self._providers.get(entry.name)
        if provider is None:
            provider = self._providers[entry.name] = make_provider(entry, self.warn)
        model = provider.model_for(request.task, entry.model) if provider.is_local else entry.model
        if not model:
            raise FunctionError(f'the entry "{entry.name}" ({entry.place}) has no "model"')
        return Target(
            provider,
            model,
            entry.answer_options,
            entry.price or price_of(entry.kind, model, entry.get("mode", "online")),
            entry.get("batch_size"),
            entry.get("retries", 5) + 1,
        )

    def store(self, name: str) -> Any:
        """Return a vector store by name.

        Raises:
            FunctionError: There is none of that name, or it cannot be used.
        """
        store = self._stores.get(name)
        if store is None:
            store = self._stores[name] = make_store(self.store_entry(name).usable(), self.warn)
        return store

    def store_entry(self, name: str) -> Entry:
        """Return a store's entry; without any configured store each name is one kept on this machine.

        Raises:
            FunctionError: There is none of that name.
        """
        found = self.config.stores.get(name)
        if found is not None:
            return found
        if self.config.stores:
            raise FunctionError(f'there is no store "{name}" in vector_stores: {_names(self.config.stores)}')
        return Entry(name, "embedded", "", {}, {}, Place("", 1, 1))

    def entry(self, kind: Kind, task: str, name: str | None) -> Entry:
        """Return the entry for a request.

        Raises:
            FunctionError: There is none, or it cannot do this kind of request.
        """
        if name is None:
            return self._default(kind, task)
        if name.startswith(PROVIDER_PREFIX):
            return self._of_provider(kind, name.removeprefix(PROVIDER_PREFIX))
        found = self.config.models.get(name)
        if found is None:
            found = self._by_model(kind, name)
        if found is None:
            if kind == "predict":
                raise FunctionError(f'there is no model "{name}" for {task}: name an entry of ai_models')
            if self.config.models:
                message = f'there is no model "{name}" in ai_models, neither as an entry nor as an entry\'s model'
                raise FunctionError(f"{message}: {_names(self.config.models)}")
            local = make_local(kind, name)
            if local.model != name:
                self.warn(f'the model "{name}" is not configured: {task} is answered by local methods')
            return local
        if kind not in _kinds(found):
            raise FunctionError(f'the model "{name}" ({found.kind} {found.model}) cannot do {task}')
        return found

    def problem(self, kind: Kind, task: str, name: str | None) -> str | None:
        """Return why a request can go nowhere, or None: asked before a program runs."""
        try:
            if kind == "search":
                self.store_entry(name or "").usable()
            else:
                self.entry(kind, task, name).usable()
        except FunctionError as reason:
            return reason.message
        return None

    def warn(self, text: str) -> None:
        """Say something once."""
        if text not in self._warned:
            self._warned.add(text)
            self._warn(text)

    @property
    def notes(self) -> list[str]:
        """Return what was warned of, for the report."""
        return sorted(self._warned)

    def _default(self, kind: Kind, task: str) -> Entry:
        able = [entry for entry in self.config.models.values() if kind in _kinds(entry)]
        for entry in able:
            if task in entry.get("tasks", ()):
                return entry
        general = [entry for entry in able if "tasks" not in entry.settings]
        for entry in general:
            if entry.get("default"):
                return entry
        for usual in _USUAL.get(kind, ()):
            for entry in general:
                if entry.name == usual:
                    return entry
        # Files of one's own have one purpose: they are used where they are named.
        services = [entry for entry in general if entry.kind not in ("onnx", "sentence_transformers")]
        if services:
            return services[0]
        if kind == "embed" and general:
            return general[0]
        return make_local(kind, None)

    def _of_provider(self, kind: Kind, provider: str) -> Entry:
        for entry in self.config.models.values():
            if entry.kind in (provider, "azure" if provider == "openai" else provider) and kind in _kinds(entry):
                return entry
        if self.config.models:
            raise FunctionError(f"ai_models has no entry of the provider {provider} for {kind}")
        self.warn(f"the provider {provider} is not configured: its functions are answered by local methods")
        return _LOCAL

    def _by_model(self, kind: Kind, model: str) -> Entry | None:
        fitting = [entry for entry in self.config.models.values() if entry.model == model]
        return next((entry for entry in fitting if kind in _kinds(entry)), fitting[0] if fitting else None)


def make_local(kind: Kind, name: str | None) -> Entry:
    """Return the entry of the local methods, with the model named where it is one of theirs."""
    if kind == "embed" and name in ("all-MiniLM-L6-v2", "hashed-ngrams"):
        return Entry(f"local {name}", "local", name, {}, {}, Place("", 1, 1))
    return _LOCAL


def _kinds(entry: Entry) -> frozenset[Kind]:
    """Return what an entry can be asked for."""
    chosen: Kind | None = entry.get("kind")
    if chosen is not None:
        return frozenset({chosen, "image"} if chosen == "chat" else {chosen})
    if entry.kind in _CAN:
        return _CAN[entry.kind]
    return frozenset({"embed"}) if _EMBEDS.search(entry.model) else frozenset({"chat", "image"})


def _names(entries: Any) -> str:
    return ", ".join(sorted(entries)) or "there is none"
