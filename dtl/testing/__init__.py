"""Tests of programs: cases in YAML beside a script, and the unit tests of Vector configurations."""
