"""From rendered pages to a folder that is served."""
