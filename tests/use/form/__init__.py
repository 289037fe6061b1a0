"""The form on the site."""
