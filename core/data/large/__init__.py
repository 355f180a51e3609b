"""Logs that are larger than memory: read, cleaned and counted by DuckDB, as the rest would have done it."""
