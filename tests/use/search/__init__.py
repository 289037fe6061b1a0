"""The site's own search."""
