"""The dashboard and what belongs to the whole back office."""
