"""FETCH: declared sources, read into canonical tables."""
