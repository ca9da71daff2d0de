"""Configuration: what a file says of models and vector stores, checked, with the place of every mistake."""
