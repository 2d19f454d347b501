"""Tests of the doors of campaigns."""
