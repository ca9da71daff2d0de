"""The `gpt_chat` function."""

from ._twin import twin
from .llm_chat import llm_chat

gpt_chat = twin(llm_chat, "gpt")
