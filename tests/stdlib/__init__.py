"""What functions of the standard library do beyond the examples in their docstrings."""
