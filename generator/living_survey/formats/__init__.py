"""What papers are written in: the canonical paper file, and bibliographies, each reader beside its writer."""
