"""Doors to outside services: one module each, plain values in and out."""
