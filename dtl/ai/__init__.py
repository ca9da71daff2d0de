"""AI: how a program's model calls are asked, batched, paced and remembered."""
