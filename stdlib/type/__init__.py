"""Functions that ask for a value's kind or insist on one."""
