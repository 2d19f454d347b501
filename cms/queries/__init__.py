"""Questions over all rooms."""
