"""New surveys and upgrades."""
