"""The `gpt_evaluate` function."""

from ._twin import twin
from .llm_evaluate import llm_evaluate

gpt_evaluate = twin(llm_evaluate, "gpt")
