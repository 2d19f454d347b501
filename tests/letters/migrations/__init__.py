"""Tests of letters/migrations."""
