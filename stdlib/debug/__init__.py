"""Functions that help to find faults in programs."""
