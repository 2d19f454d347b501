"""Tests of where higher rooms plug into the room campaigns."""
