"""HARMONISE: canonical tables to the layers of a country."""
