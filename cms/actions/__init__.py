"""What the site and the dashboard do."""
