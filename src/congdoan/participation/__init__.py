"""Calls: what people take part in. For now, polls of the portal."""
