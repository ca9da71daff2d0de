"""The REPL: programs typed line by line over an event, with variables that stay."""
