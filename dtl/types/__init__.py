"""Types: what is known of a value before it exists."""
