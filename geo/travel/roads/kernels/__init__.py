"""Compiled search loops over plain arrays; nothing here knows of a place or a road."""
