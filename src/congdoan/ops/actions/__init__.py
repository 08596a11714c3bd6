"""What running an installation changes."""
