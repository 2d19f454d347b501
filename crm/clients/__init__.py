"""One door per outside service."""
