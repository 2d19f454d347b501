"""Actions of the room campaigns."""
