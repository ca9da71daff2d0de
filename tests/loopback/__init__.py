"""Functions that reach outside, against servers that the tests start on this machine."""
