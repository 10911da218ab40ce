"""The scoring repeated over everything that could be otherwise."""
