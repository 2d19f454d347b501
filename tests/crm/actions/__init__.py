"""Tests of crm/actions."""
