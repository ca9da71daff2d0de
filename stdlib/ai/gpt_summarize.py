"""The `gpt_summarize` function."""

from ._twin import twin
from .llm_summarize import llm_summarize

gpt_summarize = twin(llm_summarize, "gpt")
