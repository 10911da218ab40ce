"""Maps that read a release: theme, exported page and the web application."""
