"""Functions that read text of a known form into values."""
