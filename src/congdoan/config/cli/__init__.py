"""The command line ``congdoan``."""

from congdoan.config.cli.main import main

__all__ = ["main"]
