"""Serves releases over HTTP; computes no number."""
