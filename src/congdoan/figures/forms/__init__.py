"""What the screens of figures send."""
