"""Tests of the commands of letters."""
