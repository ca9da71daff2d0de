"""HTTP: connections, calls on their way, and what services have in common on the wire."""
