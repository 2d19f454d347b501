"""Tests of campaigns/actions."""
