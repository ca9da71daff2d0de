"""The `claude_translate` function."""

from ._twin import twin
from .llm_translate import llm_translate

claude_translate = twin(llm_translate, "claude")
