"""Reading along with a text: its findings, words that are nearly ours, spelling. For letters and newsletters alike."""
