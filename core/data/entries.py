"""Entries such as `user=uid,item=sku` in one line: the form in which columns and events are written."""

import csv
import io
from collections.abc import Iterable


def written(entries: Iterable[tuple[str, str]]) -> str:
    """The entries in one line; one with a comma or a quotation mark stands in double quotes.

    >>> written([("user", "uid"), ("item", "a,b")])
    'user=uid,"item=a,b"'
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([f"{left}={right}" for left, right in entries])
    return out.getvalue()


def split(text: str) -> list[str]:
    """The entries of a line, each as `left=right`.

    >>> split('user=uid, "item=a,b"')
    ['user=uid', 'item=a,b']
    """
    return next(csv.reader([text], skipinitialspace=True), [])
