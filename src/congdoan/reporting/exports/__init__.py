"""Files that reporting writes and reads."""
