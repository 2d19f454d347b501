"""One person’s story per file, over HTTP."""
