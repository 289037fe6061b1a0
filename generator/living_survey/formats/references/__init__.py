"""Formatted references, by styles on pybtex."""
