"""Notices: what people are told, by which mail, and what waits for them."""
