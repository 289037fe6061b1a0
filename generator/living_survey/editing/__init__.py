"""Changes to a survey's own files: add, import, format, rename."""
