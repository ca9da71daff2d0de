"""Functions on text: case, search, replacement, cutting, hiding."""
