"""Writes: one named event each, with transaction, lock, rule and trail."""
