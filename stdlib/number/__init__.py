"""Functions on integers and floats."""
