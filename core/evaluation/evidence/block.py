"""The part of an evidence file that holds its numbers: JSON in a script element that runs nothing."""

import re

_MARK = "touchstone-evidence"
_INSIDE = re.compile(rf'<script type="application/json" id="{_MARK}">(.*?)</script>', re.DOTALL)


def wrapped(text: str) -> str:
    """JSON as such an element; `<` is written so that no text inside can end it."""
    return f'<script type="application/json" id="{_MARK}">{text.replace("<", chr(92) + "u003c")}</script>'


def unwrapped(text: str) -> str:
    r"""The JSON inside a document, or the text itself where it is none.

    >>> unwrapped(wrapped('{"a": "</script>"}'))
    '{"a": "\\u003c/script>"}'
    >>> unwrapped("{}")
    '{}'
    """
    inside = _INSIDE.search(text)
    return inside[1] if inside else text
