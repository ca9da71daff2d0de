"""Functions that turn a value of one kind into another."""
