"""Queries of the room letters."""
