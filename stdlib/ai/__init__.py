"""Functions that ask a model or a vector store, and functions on vectors."""
