"""Which column of a table holds what: guessed from names, types and how many values differ; correctable."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from core.data.columns import INTERACTION, ITEM, NAMES, plain, roles
from core.data.entries import split, written
from core.data.events_named import meant
from core.data.looks import Looks, looks
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.plugins import unknown

BY_NAME, BY_PART_OF_NAME, BY_CONTENT = 0.95, 0.8, 0.5  # how certain a guess is
SAMPLE = 1_000  # rows that a guess looks at
WIDEST = 200  # columns whose content a guess looks at
ALIASES = {"rating": "value", "time": "timestamp", "event": "kind"}
ROLES = tuple(dict.fromkeys((*INTERACTION, "review", *ITEM)))
# Parts of names that tell of a role where the whole name is not known.
PARTS = {
    "user": "user member customer visitor buyer client account reviewer 用户 会员 顾客 买家 客户",
    "item": "item product movie film book article news song track video goods sku asin"
    " 商品 物品 电影 产品 视频",
    "value": "rating stars 评分 打分",
    "timestamp": "timestamp datetime 时间",
}


@artifact
@dataclass(frozen=True)
class Mapping:
    """Columns that were said to hold a role; a role with the column "" is held by none."""

    said: tuple[tuple[str, str], ...] = ()  # (role, column)

    @property
    def spec(self) -> str:
        """The form in which it is written: `user=uid,item=sku`."""
        return written(self.said)


@artifact
@dataclass(frozen=True)
class Guess:
    """A column of a file: what it is taken for, how certain that is, and three of its values."""

    column: str
    role: str  # "" where it is taken for nothing
    certainty: float  # 0 to 1; 1 where somebody said so
    examples: tuple[str, ...]


def mapping_of(text: str) -> Mapping:
    """The mapping that `user=uid,item=sku` describes; an entry with a comma stands in double quotes.

    Raises BadInput for an unknown role and for one that is named twice.

    >>> mapping_of("user=uid, rating=stars").spec
    'user=uid,value=stars'
    """
    if not text.strip():
        return Mapping()
    said = []
    for entry in split(text):
        role, equals, column = entry.partition("=")
        role = ALIASES.get(role.strip().lower(), role.strip().lower())
        if not equals:
            raise BadInput(f"{entry[:60]!r} names no column.", "role=column, as user=uid.", "mend it.")
        if role not in ROLES:
            raise unknown("role of a column", role, list(ROLES))
        said.append((role, _unquoted(column.strip())))
    twice = [role for role, _ in said if sum(role == other for other, _ in said) > 1]
    if twice:
        raise BadInput(f"The role {twice[0]} is given twice.", "each role once.", "leave one out.")
    return Mapping(tuple(said))


def guess(sample: pd.DataFrame, mapping: Mapping, file: str, wanted: tuple[str, ...] = ROLES) -> list[Guess]:
    """What each column of a table holds, from its first rows; what the mapping says is certain.

    Raises BadInput where the mapping names a column that is not there.
    """
    columns = [str(column) for column in sample.columns]
    said = {role: column for role, column in mapping.said if role in wanted}
    missing = [column for column in said.values() if column and column not in columns]
    if missing:
        shown = ", ".join(map(repr, columns[:12]))
        raise BadInput(
            f"{file} has no column {missing[0]!r}; it has {shown}.",
            "a column that is there.",
            "mend the mapping.",
        )
    found = {column: (role, 1.0) for role, column in said.items() if column}
    open_roles = [role for role in wanted if role not in said]
    left = [column for column in columns if column not in found]
    for role, column in roles(left, open_roles).items():
        found[column] = (role, BY_NAME)
    if missing_ids := [role for role in ("user", "item") if role in open_roles and role not in _held(found)]:
        seen = {column: looks(sample[column].head(SAMPLE)) for column in columns[:WIDEST]}
        _by_part_of_name(found, seen, open_roles)
        if any(role not in _held(found) for role in missing_ids):
            _by_content(found, seen, open_roles)
    return [
        Guess(column, *found.get(column, ("", 0.0)), examples=_examples(sample[column])) for column in columns
    ]


def chosen(guesses: Iterable[Guess], wanted: tuple[str, ...]) -> dict[str, str]:
    """{role: column} of guesses, for the wanted roles."""
    return {one.role: one.column for one in guesses if one.role in wanted}


def numbered(count: int) -> list[str]:
    """Names for the columns of a table without a header."""
    return [f"column {at + 1}" for at in range(count)]


def _unquoted(column: str) -> str:
    whole = len(column) > 1 and column.startswith('"') and column.endswith('"')
    return column[1:-1] if whole else column


def _held(found: dict[str, tuple[str, float]]) -> set[str]:
    return {role for role, _ in found.values()}


def _by_part_of_name(
    found: dict[str, tuple[str, float]], seen: dict[str, Looks], open_roles: list[str]
) -> None:
    for role, parts in PARTS.items():
        if role not in open_roles or role in _held(found):
            continue
        for column, one in seen.items():
            fits = {"user": one.id_like, "item": one.id_like, "value": one.numeric, "timestamp": one.time}[
                role
            ]
            if column not in found and fits and any(part in plain(column) for part in parts.split()):
                found[column] = (role, BY_PART_OF_NAME)
                break


def _by_content(found: dict[str, tuple[str, float]], seen: dict[str, Looks], open_roles: list[str]) -> None:
    """Times are told by their size, ratings by few numbers, events by their words, ids by what is left."""
    nameless = all(column.startswith("column ") for column in seen)

    def take(role: str, fitting: list[str]) -> None:
        free = [column for column in fitting if column not in found]
        if free and role in open_roles and role not in _held(found):
            found[free[0]] = (role, BY_CONTENT)

    take("timestamp", [column for column, one in seen.items() if one.time])
    take("kind", [column for column, one in seen.items() if one.few_words and any(map(meant, one.words))])
    if "title" in _held(found) and "user" not in _held(found):
        return  # a table of items
    free = [column for column, one in seen.items() if one.id_like and one.many and column not in found]
    if nameless:
        ratings = [column for column, one in seen.items() if one.rating_like]
        if len([column for column in free if column not in ratings[-1:]]) >= 2:
            take("value", ratings[-1:])
    take("user", free)
    take("item", free)


def _examples(column: pd.Series) -> tuple[str, ...]:
    there = column.dropna()
    return tuple(str(value)[:60] for value in there.astype("str").drop_duplicates().head(3))


__all__ = ["NAMES", "Guess", "Mapping", "chosen", "guess", "mapping_of", "numbered"]
