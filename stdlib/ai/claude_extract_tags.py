"""The `claude_extract_tags` function."""

from ._twin import twin
from .llm_extract_tags import llm_extract_tags

claude_extract_tags = twin(llm_extract_tags, "claude")
