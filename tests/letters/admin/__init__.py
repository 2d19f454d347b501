"""Tests of letters/admin."""
