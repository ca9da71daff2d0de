"""The `claude_extract` function."""

from ._twin import twin
from .llm_extract import llm_extract

claude_extract = twin(llm_extract, "claude")
