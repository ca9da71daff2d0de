"""Functions that convert between units and codes."""
