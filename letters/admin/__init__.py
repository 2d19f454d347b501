"""The back office screens of letters."""
