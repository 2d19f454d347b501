"""Tests of campaigns/queries."""
