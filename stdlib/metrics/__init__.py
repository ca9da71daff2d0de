"""Functions that read the host's own metrics; a host of DTL keeps none."""
