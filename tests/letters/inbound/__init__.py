"""Tests of letters/inbound."""
