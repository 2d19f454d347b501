"""Tests of what the site and the dashboard do."""
