"""Whom we know, what passed between us, and whether we may write to them."""
