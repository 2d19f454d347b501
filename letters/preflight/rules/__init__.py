"""The rules of the last look, one module for each concern: each goes from a draft to findings."""
