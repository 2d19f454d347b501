"""Tests of letters/render."""
