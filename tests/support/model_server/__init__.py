"""A server of models on the loopback: real wire formats, caps, budgets and faults; answers that show any mix-up.

Every answer is derived from the input that it answers, so a test can tell whether a record got its own. What was
asked and answered stands in a ledger, from which claims are computed; the client's own counters prove nothing.
"""
