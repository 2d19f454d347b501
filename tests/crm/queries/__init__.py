"""Tests of crm/queries."""
