"""The units of Unix timestamps."""

NANOS_PER_UNIT = {
    "seconds": 1_000_000_000,
    "milliseconds": 1_000_000,
    "microseconds": 1_000,
    "nanoseconds": 1,
}
