"""Paritet: how the numbers are computed, in the order of the data."""
