"""Tests of what goes out of the room campaigns as a file."""
