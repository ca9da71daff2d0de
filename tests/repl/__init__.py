"""Sessions of the REPL, as data."""
