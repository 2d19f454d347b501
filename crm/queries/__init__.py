"""Questions about the address book; they never write."""
