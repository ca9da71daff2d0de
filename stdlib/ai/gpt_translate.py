"""The `gpt_translate` function."""

from ._twin import twin
from .llm_translate import llm_translate

gpt_translate = twin(llm_translate, "gpt")
