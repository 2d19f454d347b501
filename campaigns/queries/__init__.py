"""Queries of the room campaigns."""
