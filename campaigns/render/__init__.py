"""What is set in type: values in, pages out; no Django."""
