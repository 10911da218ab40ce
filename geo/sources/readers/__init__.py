"""Readers: one module per provider format, listed in ``catalog.py``."""
