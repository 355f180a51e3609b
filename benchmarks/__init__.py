"""Measurements, each a ratio against a named peer or a limit in the same run: `python -m benchmarks`."""
