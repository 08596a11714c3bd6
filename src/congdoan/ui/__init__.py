"""Shells, components, tokens: how every page looks."""
