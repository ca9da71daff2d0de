"""HIR: the typed, desugared tree that passes rewrite and backends read."""
