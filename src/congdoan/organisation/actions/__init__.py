"""Changing the organisation: each action one named event with its rule, lock and trail."""
