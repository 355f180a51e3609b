"""Passwords of databases: kept in this process alone, never in a record, a message or a file."""

import re
import threading

_PASSWORD = re.compile(r"^([a-z0-9+]+://[^:/@]*):([^@]*)@", re.IGNORECASE)
_lock = threading.Lock()
_known: dict[str, str] = {}  # address without its password → the whole address


def hidden(address: str) -> str:
    """The address without its password, which this process remembers.

    >>> hidden("postgresql://ann:secret@db.local/shop")
    'postgresql://ann@db.local/shop'
    """
    found = _PASSWORD.match(address)
    if found is None:
        return address
    shown = f"{found[1]}@{address[found.end() :]}"
    with _lock:
        _known[shown] = address
    return shown


def with_secret(address: str) -> str:
    """The address with the password that this process was given; itself where it was given none."""
    with _lock:
        return _known.get(address, address)
