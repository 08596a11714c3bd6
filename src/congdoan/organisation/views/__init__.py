"""Screens of units and of people."""
