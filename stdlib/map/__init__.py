"""Functions on places on the earth."""
