"""A stand-in for Mailchimp on this machine: the same paths and answers, kept in one file; nothing ever leaves."""
