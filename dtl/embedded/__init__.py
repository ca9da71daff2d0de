"""Programs inside of YAML and TOML files: where they stand, what their host knows, what is wrong with them."""

from __future__ import annotations

from dtl.embedded.find import Host, is_host, programs, read_host
from dtl.embedded.program import Embedded

__all__ = ["Embedded", "Host", "is_host", "programs", "read_host"]
