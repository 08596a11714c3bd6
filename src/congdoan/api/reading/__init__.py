"""Rows of reporting as the API gives them: a constant number of queries, however many rows."""
