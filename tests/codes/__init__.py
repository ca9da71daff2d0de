"""A case for every diagnostic code."""
