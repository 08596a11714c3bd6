"""Set-up, demonstration data, backup, health, schedule."""
