"""Which column means what: usual names, in the order in which they are preferred."""

import re
from collections.abc import Iterable

from core.work.errors import BadInput

NAMES: dict[str, tuple[str, ...]] = {
    "user": (
        "user",
        "user_id",
        "userid",
        "uid",
        "member",
        "member_id",
        "customer",
        "customer_id",
        "visitorid",
        "visitor_id",
        "reviewerid",
        "person",
    ),
    "item": (
        "item",
        "item_id",
        "itemid",
        "iid",
        "movie",
        "movieid",
        "movie_id",
        "product",
        "product_id",
        "productid",
        "asin",
        "sku",
        "article_id",
        "video_id",
        "book_id",
    ),
    "value": ("rating", "value", "score", "stars", "overall"),
    "timestamp": (
        "timestamp",
        "time",
        "datetime",
        "date",
        "ts",
        "event_time",
        "unixreviewtime",
        "created_at",
    ),
    "order": ("order", "sequence"),
    "kind": ("kind", "event", "event_type", "action", "behavior"),
    "session": ("session", "session_id", "user_session"),
    "title": ("title", "name", "item_name"),
    "text": ("text", "description", "overview", "summary", "abstract"),
    "category": ("category", "categories", "genres", "genre", "department", "main_category", "category_code"),
    "tags": ("tags", "keywords"),
    "price": ("price",),
    "image": ("image", "picture", "image_url"),
    "language": ("language", "lang"),
}
_MOST = 2_000  # columns
INTERACTION = ("user", "item", "value", "timestamp", "order", "kind", "session")
ITEM = ("item", "title", "text", "category", "tags", "price", "image", "language")


def plain(name: str) -> str:
    """A column's name in the form in which it is looked up.

    >>> plain("user_id:token"), plain(" MovieId ")
    ('user_id', 'movieid')
    """
    return re.sub(r"[\s\-]+", "_", name.split(":", maxsplit=1)[0].strip().lower())


def roles(columns: Iterable[str], wanted: Iterable[str]) -> dict[str, str]:
    """The column for each wanted role that there is one for: {role: column}."""
    there = {plain(column): column for column in reversed(list(columns))}
    found: dict[str, str] = {}
    for role in wanted:
        for name in NAMES[role]:
            if name in there and there[name] not in found.values():
                found[role] = there[name]
                break
    return found


def unrepeated(names: list[str], file: str) -> list[str]:
    """The names themselves; raises BadInput where one stands twice or there are too many."""
    if len(names) > _MOST:
        raise BadInput(
            f"{file} has {len(names):,} columns.", f"at most {_MOST:,}.", "keep the columns that matter."
        )
    twice = sorted({column for column in names if names.count(column) > 1})
    if twice:
        raise BadInput(
            f"{file} has the column {twice[0]!r} twice.", "each column once.", "rename or remove one of them."
        )
    return names


def need(found: dict[str, str], role: str, columns: Iterable[str], file: str) -> str:
    """The column of a role; raises BadInput that names the file and the columns it has."""
    if role not in found:
        shown = ", ".join(map(repr, list(columns)[:12]))
        raise BadInput(
            f"{file} has no {role} column; it has {shown}.",
            f"a column named like one of {', '.join(NAMES[role][:4])}.",
            f"rename the {role} column.",
        )
    return found[role]
