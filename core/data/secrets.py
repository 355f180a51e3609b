"""Passwords of databases: kept in this process alone, never in a record, a message or a file."""

import re

from core.work.errors import BadInput
from core.work.secrets import recall, remember

# A password ends at the @ before the name of the server, which holds none.
_PASSWORD = re.compile(r"^([a-z0-9+]+://[^:/@?]*):(.*?)@(?=[^@/?]*(?:[/?]|$))", re.IGNORECASE | re.DOTALL)
_IN_QUERY = re.compile(r"([?&])(?:password|sslpassword)=[^&]*", re.IGNORECASE)


def hidden(address: str) -> str:
    """The address without its password, which this process remembers; raises BadInput for one with an @.

    >>> hidden("postgresql://ann:secret@db.local/shop")
    'postgresql://ann@db.local/shop'
    >>> hidden("postgresql://db.local/shop?user=ann&password=secret")
    'postgresql://db.local/shop?user=ann'
    """
    found = _PASSWORD.match(address)
    shown = f"{found[1]}@{address[found.end() :]}" if found else address
    if found and "@" in found[2]:  # SQLAlchemy would take the rest of it for the name of the server
        raise BadInput(
            f"The password in {shown[:200]} holds an @.",
            "%40 in its place, as in every address.",
            "write it so, or leave the password out and set PGPASSWORD.",
        )
    shown = _IN_QUERY.sub(r"\1", shown)
    shown = re.sub(r"\?&+", "?", re.sub(r"&{2,}", "&", shown)).rstrip("?&") if shown != address else address
    if shown != address:
        remember({shown: address})
    return shown


def with_secret(address: str) -> str:
    """The address with the password that this process was given; itself where it was given none."""
    return recall(address)
