"""Reads of the register, scoped by who asks. Personal data leave it only through ``actions.reading``."""
