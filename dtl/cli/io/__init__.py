"""Reading and writing records at the command line."""
