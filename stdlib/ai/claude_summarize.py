"""The `claude_summarize` function."""

from ._twin import twin
from .llm_summarize import llm_summarize

claude_summarize = twin(llm_summarize, "claude")
