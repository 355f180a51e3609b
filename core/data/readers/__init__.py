"""One file a format. A reader says how sure it is; the surest wins."""
