"""The `claude_chat` function."""

from ._twin import twin
from .llm_chat import llm_chat

claude_chat = twin(llm_chat, "claude")
