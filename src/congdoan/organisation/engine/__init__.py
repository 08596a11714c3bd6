"""The tree in time as plain Python: operations, dated chains, inheritance. No Django."""
