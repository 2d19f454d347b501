"""The back office screens of the address book."""
