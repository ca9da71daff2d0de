"""Functions that go through arrays and objects."""
