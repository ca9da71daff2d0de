"""One file per feature, the twin of a file in `dtl.ide`: METHODS says which function answers which method."""
