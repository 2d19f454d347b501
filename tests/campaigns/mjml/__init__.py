"""Tests of issues of the newsletter as mail."""
