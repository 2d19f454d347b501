"""Tests of letters/queries."""
