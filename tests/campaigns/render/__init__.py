"""Tests of what the room campaigns sets in type."""
