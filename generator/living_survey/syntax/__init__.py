"""Read YAML and Markdown with the place of everything in them; findings about a place."""
