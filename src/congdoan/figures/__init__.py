"""Figures in text: published, frozen, traceable, printed, and read back."""
