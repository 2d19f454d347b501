"""Tests of crm/typesetting."""
