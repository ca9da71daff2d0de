"""Check: from the syntax tree to the typed HIR, and what is wrong with a program."""

from dtl.check.checker import CheckOptions
from dtl.check.infer import Checked, check

__all__ = ["CheckOptions", "Checked", "check"]
