"""What templates of letters may use."""
