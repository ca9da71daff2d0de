"""Functions that encode and decode: compression, character sets, escapes, JSON, CSV, protocol buffers."""
