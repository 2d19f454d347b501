"""Tests of the stand-in for Mailchimp."""
