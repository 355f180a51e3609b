"""Metrics, one function each; the registry scans this folder."""
