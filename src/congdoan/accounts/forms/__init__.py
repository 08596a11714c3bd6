"""What people type: names, passwords, codes."""
