"""Verbs of letters: write, address, look, approve, freeze, send, prove."""
