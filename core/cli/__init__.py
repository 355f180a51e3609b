"""The command line: a contract, documented in docs/reference/cli.md. One file a group of commands."""

from core.cli import (
    clicks,
    compare,
    data,
    fetch,
    forget,
    interests,
    keeping,
    language,
    newcomers,
    runs,
    similar,
    tune,
)
from core.cli.app import app, main

__all__ = [
    "app",
    "clicks",
    "compare",
    "data",
    "fetch",
    "forget",
    "interests",
    "keeping",
    "language",
    "main",
    "newcomers",
    "runs",
    "similar",
    "tune",
]
