"""Functions on paths into values."""
