"""Functions on objects."""
