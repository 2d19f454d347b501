"""Real servers for tests, with faults on demand."""
