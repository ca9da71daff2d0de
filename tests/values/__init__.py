"""Tests of dtl.values: tables of our own, laws, and comparisons with the reference engine."""
