"""Doors to outside services: plain values in and out, and errors of our own."""
