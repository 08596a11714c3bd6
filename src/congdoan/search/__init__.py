"""The search engine port and its embedded engine."""
