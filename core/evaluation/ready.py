"""Ready-made lists: what another system recommends, from a file, judged like any other."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.data import upload
from core.data.columns import need, plain, roles
from core.data.dataset import Did
from core.data.folds import Test
from core.data.heads import head
from core.data.ids import as_ids, hashes, pair_hashes, positions
from core.data.tables import read_table
from core.evaluation.lists import Ask, Lists
from core.recommenders.base import Ranked
from core.recommenders.fitting import Cost
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, silent
from core.work.sheets import plain as plain_text
from core.work.steps import step

OUTSIDE = -2  # an item of a ready-made list that the catalogue does not have

ReadyMade = tuple[Lists, tuple[Did, ...]]


@artifact
@dataclass(frozen=True)
class Given:
    """A file that somebody uploaded, and how long lists are."""

    address: str  # a random token, so another file has another one
    question: Ask


def lists_in(file: str, test: Test, item_ids: TextArray, question: Ask, report: Report = silent) -> ReadyMade:
    """The lists in a file, or in an upload, which is read in a child with limits; raises BadInput."""
    if not upload.is_upload(file):
        return ready_made(Path(file), test, item_ids, question.k, question.seed)
    asked = Given(file, question)
    return current().run(lists_of_upload, test, item_ids, settings=asked, report=report)


@step(version=1, isolated=True, called="Reading the lists")
def lists_of_upload(test: Test, item_ids: TextArray, *, settings: Given, report: Report) -> ReadyMade:
    """Read lists that a stranger may have made."""
    report(0.0, "Reading the lists")
    path = upload.path_of(settings.address)
    name = upload.names_of(settings.address).get(path.name, path.name)
    try:
        return ready_made(path, test, item_ids, settings.question.k, settings.question.seed, name)
    except BadInput as error:
        raise BadInput(error.wrong.replace(path.name, name), error.expected, error.do) from error


def ready_made(path: Path, test: Test, item_ids: TextArray, k: int, seed: int, name: str = "") -> ReadyMade:
    """Lists from a file of user, item and rank or score, in the order of the test part.

    People without a list score 0. An item that stands twice counts at its first place; an item
    outside the catalogue keeps its place and is never a hit. Raises BadInput naming file and column.
    """
    table = read_table(path)
    frame = table.frame
    found = roles(frame.columns, ("user", "item"))
    user = as_ids(frame[need(found, "user", frame.columns, path.name)])
    item = as_ids(frame[need(found, "item", frame.columns, path.name)])
    order = _order(frame, path.name)
    if head(path).kind == "text":  # it may be an export of ours, or have been through a spreadsheet
        user, item = _as_exported(user, test.user_ids), _as_exported(item, item_ids)
    people, items = positions(user, test.user_ids), positions(item, item_ids)
    items = np.where(items < 0, OUTSIDE, items)
    names = np.append(hashes(item.categories.tolist(), seed), np.uint64(0))
    codes = np.asarray(item.codes, dtype=np.int64)
    tie = pair_hashes(np.append(hashes(test.user_ids.tolist(), seed), np.uint64(0))[people], names[codes])
    rows = np.lexsort((tie, order, people))
    rows = rows[(people[rows] >= 0) & (codes[rows] >= 0)]
    repeated = pd.DataFrame({"user": people[rows], "item": codes[rows]}).duplicated().to_numpy()
    kept = rows[~repeated]
    start = np.searchsorted(people[kept], np.arange(len(test.user_ids)))
    place = np.arange(len(kept)) - start[people[kept]]
    width = max(1, min(k, int(place.max(initial=0)) + 1))
    out, scores = (
        np.full((len(test.user_ids), width), -1, np.int32),
        np.full((len(test.user_ids), width), -np.inf, np.float32),
    )
    within_k = place < width
    out[people[kept][within_k], place[within_k]] = items[kept][within_k]
    scores[people[kept][within_k], place[within_k]] = -place[within_k]
    did = _said(name or path.name, int(repeated.sum()), int((items[kept] == OUTSIDE).sum()), people, test)
    nothing = Cost(0.0, 0.0)
    return Lists(Ranked(test.user_ids, out, scores), nothing, nothing), (*table.did, *did)


def _as_exported(ids: pd.Categorical, known: TextArray) -> pd.Categorical:
    """Ids without the apostrophe that an export for spreadsheets puts before what looks like a formula.

    An id that is known as it stands, while it is not without the apostrophe, stays.
    """
    there = set(known.tolist())
    texts = ids.categories.tolist()
    bare = [text if text in there and plain_text(text) not in there else plain_text(text) for text in texts]
    if bare == texts:
        return ids
    return as_ids(pd.Series(np.array([*bare, None], dtype=object)[np.asarray(ids.codes)]), normal=False)


def _order(frame: pd.DataFrame, name: str) -> np.ndarray:
    """What sorts a list: its rank, else its score from high to low."""
    from core.data.cleaners import as_numbers

    columns = {plain(column): column for column in frame.columns}
    for role, sign in (("rank", 1.0), ("position", 1.0), ("score", -1.0), ("rating", -1.0)):
        if role in columns:
            numbers, bad = as_numbers(frame[columns[role]])
            if bad.any() or np.isnan(numbers).any():
                row = int(np.flatnonzero(bad | np.isnan(numbers))[0])
                raise BadInput(
                    f"{name}, row {row + 1}, column {columns[role]!r}: not a finite number.",
                    "a number.",
                    "mend the row.",
                )
            return sign * numbers
    raise BadInput(
        f"{name} has no rank or score column.", "user, item, and rank or score.", "add one of them."
    )


def _said(name: str, repeated: int, outside: int, people: np.ndarray, test: Test) -> list[Did]:
    without = len(test.user_ids) - len(np.unique(people[people >= 0]))
    strangers = int((people < 0).sum())
    said = (
        ("items twice in a list", repeated, "counted at their first place"),
        ("recommended items outside the catalogue", outside, "they keep their place and are never hits"),
        ("people without a list", without, "they score 0"),
        ("rows of people who are not in the test part", strangers, "left out"),
    )
    return [Did(step, count, f"{name}: {detail}") for step, count, detail in said if count]
