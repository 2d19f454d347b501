"""Tests of crm/dutch."""
