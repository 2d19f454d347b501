"""Tests of campaigns/admin."""
