"""Functions that compute checksums, which guard against accidents and not against attackers."""
