"""The public site, the dashboard and the project itself."""
