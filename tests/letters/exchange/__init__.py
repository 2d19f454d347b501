"""Tests of letters/exchange."""
