"""Typesetting: templates and values in, pages out; and the PDF files that come of it. No Django."""
