"""Functions on IP addresses and networks."""
