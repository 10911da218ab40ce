"""The command line: `paritet --help` lists the commands."""

from geo.cli.main import main

__all__ = ["main"]
