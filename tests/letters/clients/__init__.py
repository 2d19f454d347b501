"""Tests of letters/clients."""
