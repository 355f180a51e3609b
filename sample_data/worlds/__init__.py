"""One file per world: its vocabulary, and nothing of how people behave in it."""
