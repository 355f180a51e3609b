"""Pseudonyms: ids of people replaced by keyed hashes; the key is configuration and stays there."""

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

from core.work.settings import settings

_DIGITS = 20  # 80 bits: among 10 million people two share one with a chance of 1 in 20 billion
_ROUNDS = 100_000  # so that guessing the key from a pseudonym or from its mark is slow


def key() -> bytes | None:
    """The key that pseudonyms are made with, None where the switch is off."""
    given = settings().pseudonym_key
    return None if given is None else _stretched(given.get_secret_value())


def mark() -> str:
    """Tells apart what was read under different keys, and says nothing of them; "" without a key."""
    found = key()
    return "" if found is None else hmac.digest(found, b"mark", "sha256").hex()[:16]


def pseudonyms(ids: Iterable[str], secret: bytes) -> list[str]:
    """HMAC-SHA-256 of each id, cut to 80 bits: equal in every table and file that is read under this key.

    >>> pseudonyms(["ann", "bob", "ann"], b"key")
    ['p9d77c3180ff81edfbc09', 'p3833c030dcb7a71082e3', 'p9d77c3180ff81edfbc09']
    """
    return ["p" + hmac.digest(secret, text.encode(), "sha256").hex()[:_DIGITS] for text in ids]


@lru_cache(maxsize=2)
def _stretched(secret: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", secret.encode(), b"touchstone pseudonyms", _ROUNDS)
