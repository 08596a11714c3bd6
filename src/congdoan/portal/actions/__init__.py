"""Writes of the portal: one named event each."""
