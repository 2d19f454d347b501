"""An issue of a newsletter as mail: plain values in, HTML and plain text out; no Django."""
