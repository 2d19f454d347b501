"""Tests of Spreekbuis."""
