"""Tests of crm/exchange."""
