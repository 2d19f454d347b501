"""Tests of letters/preflight."""
