"""Reads, each scoped by who asks."""
