"""Warnings of libraries that tell us nothing, kept out of logs and tests."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly(module: str) -> Iterator[None]:
    """Ignores what the modules of one library warn of while the block runs."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=rf"{module}(\.|$)")
        yield
