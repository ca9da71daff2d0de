"""Functions that make and show points in time."""
