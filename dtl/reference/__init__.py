"""What is generated from the registries: documents, and the words of an editor."""
