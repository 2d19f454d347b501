"""The back office screens of facts and publications."""
