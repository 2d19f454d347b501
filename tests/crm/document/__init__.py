"""Tests of crm/document."""
