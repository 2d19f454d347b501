"""Tests of crm/clients."""
