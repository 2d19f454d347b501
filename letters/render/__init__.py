"""What leaves the house on paper: the letter, the proof of dispatch, cover sheets and labels. No Django."""
