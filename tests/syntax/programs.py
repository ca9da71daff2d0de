"""Realistic programs of any length, for timing the parser."""

from __future__ import annotations

_PARAGRAPH = """\
# Normalise the request and tell who asked.
.user.name = downcase(string!(.user.name))
.request.path = parse_url!(.request.url).path
status, err = to_int(.status)
if err != null {
  log("bad status: " + err, level: "warn")
  .status = 0
} else if status >= 500 && .service.tier != "internal" {
  .alert = true
  .alert_reason = "status {{ reason }}"
} else {
  .status = status
}

.duration_ms = (to_float(.end) ?? 0.0) * 1000 - (to_float(.start) ?? 0.0) * 1000
.tags = map_values(array!(.tags)) -> |tag| {
  upcase(string!(tag))
}
del(.internal[0].secret)
.meta = {
  "host": .host,
  "labels": ["a", "b", .labels[0]],
  "ratio": 0.5 + 1_000 / 3,
}
. |= object!(parse_json!(.message))
"""


def program(lines: int) -> str:
    """Return a VRL program of about that many lines."""
    paragraph = _PARAGRAPH.count("\n")
    return 'reason = "none"\n' + _PARAGRAPH * max(1, lines // paragraph)
