"""Seeing totals: the dashboard of a level, the explorer, the reports behind a figure, summaries."""
