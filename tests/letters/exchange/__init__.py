"""Tests of what goes out of this room as a file."""
