"""Functions on arrays and objects that VRL does not have."""
