"""The last look at a letter before it is put to others: plain values in, findings out."""
