"""Papers as bibliographies in the formats that other programs read."""
