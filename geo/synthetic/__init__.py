"""Writes the mirror of an invented country in the providers' own formats."""
