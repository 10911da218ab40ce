"""PUBLISH: immutable dated bundles of tables, tiles and manifest."""
