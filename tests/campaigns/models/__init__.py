"""Tests of campaigns/models."""
