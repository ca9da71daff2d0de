"""One file per feature: METHODS says who answers what, CAPABILITIES what the client is told of it."""
