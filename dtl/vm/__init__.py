"""The record VM: a compiled program on a record or many, what becomes of each, and what a run may use up."""
