"""The story of one verdict in one paragraph."""
