"""The bytecode backend in two parts: what emits (`backend`), and what runs (`code`) and needs nothing of the former."""
