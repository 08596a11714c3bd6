"""Rules of the register in plain Python."""
