"""The `gpt_extract` function."""

from ._twin import twin
from .llm_extract import llm_extract

gpt_extract = twin(llm_extract, "gpt")
