"""Which pages the site has beyond its Markdown, and what they show."""
