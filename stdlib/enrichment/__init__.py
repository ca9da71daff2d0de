"""Functions that look records up in tables of the host."""
