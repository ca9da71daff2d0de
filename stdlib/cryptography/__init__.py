"""Functions that hash, sign and encrypt."""
