"""What comes back: a raw message read safely, what kind of message it is, and to which letter it belongs."""
