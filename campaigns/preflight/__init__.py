"""The last look at an issue of the newsletter before it goes: plain values in, findings out."""
