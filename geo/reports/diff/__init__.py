"""What changed between two releases, by cause."""
