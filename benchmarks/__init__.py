"""Programs, records and the harness that measures them."""
