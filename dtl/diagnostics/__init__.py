"""Diagnostics: findings about a program as data, their codes, and their rendering."""
