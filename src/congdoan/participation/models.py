"""Calls (to be replaced)."""
