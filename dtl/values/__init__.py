"""What a value is and what an operator means: the one semantics that every backend shares."""
