"""What goes out of this room as a file."""
