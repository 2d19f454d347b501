"""Tests of crm/checking."""
