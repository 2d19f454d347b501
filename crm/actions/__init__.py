"""Verbs of the address book and of outgoing mail."""
