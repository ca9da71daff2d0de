"""Functions on what a host keeps beside the record: secrets and the meanings of fields."""
