"""What is left of the mail when everything goes wrong: run with ``make faults``."""
