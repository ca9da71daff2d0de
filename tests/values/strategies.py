"""Values to test with."""

from __future__ import annotations

from hypothesis import strategies as st

from dtl.values.text import from_bytes
from dtl.values.timestamp import Timestamp
from dtl.values.value import I64_MAX, I64_MIN

integers = st.integers(I64_MIN, I64_MAX)
floats = st.floats(allow_nan=False)
finite = st.floats(allow_nan=False, allow_infinity=False)
keys = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
byte_strings = st.binary(max_size=20).map(from_bytes)
# 1700 to 2300
timestamps = st.builds(Timestamp, st.integers(-(2**33), 2**33), st.integers(0, 999_999_999))

# What JSON gives back as it was.
json_values = st.recursive(
    st.none() | st.booleans() | integers | strings,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
values = st.recursive(
    st.none() | st.booleans() | integers | floats | byte_strings | timestamps,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
paths = st.lists(st.sampled_from(["a", "b", 0, 1, -1, -2, 4]), max_size=4).map(tuple)
