"""What figures in text are made of: plain Python, no Django."""
