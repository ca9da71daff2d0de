"""Accounts: what a run may cost, what it would cost, and what it came to."""
