"""Reporting: filling, review, totals."""
