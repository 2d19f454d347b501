"""Tests of letters/actions."""
