"""What goes out as a file for another program."""
