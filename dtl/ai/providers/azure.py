"""Azure's form of OpenAI's API: a deployment in the path, a version in the query, the key in a header of its own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from dtl.ai.config.entries import Entry
from dtl.ai.provider import Provider
from dtl.ai.providers.openai import ADDRESS, OpenAI
from dtl.values.errors import FunctionError

_VERSION = "2024-10-21"


class Azure(OpenAI):
    """OpenAI's wire format behind Azure's addresses; a deployment is named by `deployment`, or like the model."""

    name = "azure"

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        if self.base == ADDRESS:
            raise FunctionError(f'the entry "{entry.name}" needs "base_url", the resource\'s address ({entry.place})')
        self._version = entry.get("api_version", _VERSION)
        self._deployment = entry.get("deployment")

    def _authorization(self) -> dict[str, str]:
        return {"api-key": self._key} if self._key else {}

    def url(self, path: str, model: str) -> str:
        """Return the address of an endpoint; the responses endpoint has no deployment in it."""
        query = f"api-version={quote(self._version)}"
        if path == "responses":
            return f"{self.base}/openai/responses?{query}"
        return f"{self.base}/openai/deployments/{quote(self._deployment or model)}/{path}?{query}"


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return Azure(entry)
