"""Functions that give something else at every call."""
