"""One document tree for every text, and the ways in and out of it: rich text, e-mail HTML, plain text, DOCX."""
