"""What changes notices, one named event each."""
