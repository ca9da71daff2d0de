"""Functions that ask the machine and the network."""
