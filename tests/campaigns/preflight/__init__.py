"""Tests of the last look at an issue of the newsletter."""
