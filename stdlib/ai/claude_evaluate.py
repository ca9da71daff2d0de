"""The `claude_evaluate` function."""

from ._twin import twin
from .llm_evaluate import llm_evaluate

claude_evaluate = twin(llm_evaluate, "claude")
