"""Answers of before, by the keys of their questions: in memory, on disk and on the way there, in recordings."""
