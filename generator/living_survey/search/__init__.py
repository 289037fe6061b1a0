"""What the site's search is asked of: words, levels, records, shards, identifiers, made when the site is built."""
