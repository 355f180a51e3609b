"""Secrets by the text that stands for them: in the memory of this process and of its children, nowhere else.

A record holds the text that stands for a secret, never the secret. A child that is to read what the text
names is told the secret through a pipe: not by a file, its arguments or its environment.
"""

import threading
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

_lock = threading.Lock()
_known: dict[str, str] = {}  # what stands for it → the secret


def remember(secrets: Mapping[str, str]) -> None:
    """Keeps secrets for as long as this process lives: {what stands for it: the secret}."""
    with _lock:
        _known.update(secrets)


def recall(text: str) -> str:
    """The secret that a text stands for; the text itself where it stands for none."""
    with _lock:
        return _known.get(text, text)


def among(value: Any) -> dict[str, str]:
    """The secrets that texts inside a value stand for: in lists, tuples, dicts and fields of records."""
    if isinstance(value, str):
        found = recall(value)
        return {} if found == value else {value: found}
    if isinstance(value, list | tuple):
        inside = list(value)
    elif isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, BaseModel):
        inside = [getattr(value, name) for name in type(value).model_fields]
    elif is_dataclass(value) and not isinstance(value, type):
        inside = [getattr(value, field.name, None) for field in fields(value)]
    else:
        inside = []
    return {text: secret for part in inside for text, secret in among(part).items()}
