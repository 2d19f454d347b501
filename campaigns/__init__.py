"""What we ask for and how we tell it: facts, publications."""
