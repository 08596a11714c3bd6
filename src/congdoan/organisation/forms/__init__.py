"""What is typed in and how it must look."""
