"""What is joined to a data set by the id of the item: details from a second file, pictures from a folder."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from core.data.dataset import Did
from core.data.ids import as_ids
from core.data.pictures import MOST_PIXELS, TYPES, opened
from core.data.readers.base import Raw
from core.data.readers.generic import item_table
from core.data.tables import read_table
from core.work.errors import BadInput

MOST_PICTURES = 200_000


def join_items(raw: Raw, path: Path) -> None:
    """Item details from a second file, joined by id; they win over what the source says.

    Pictures that the file names are looked up in its own folder.
    """
    table = read_table(path)
    frame = item_table(table)
    ids = pd.Series(as_ids(frame["item"]), index=frame.index).astype("str")
    twice = ids[ids.duplicated() & ids.notna()]
    if len(twice):
        raise BadInput(
            f"{path.name} has the item {twice.iloc[0]!r} twice ({len(twice)} such rows).",
            "each item once.",
            "merge or remove the repeated rows.",
        )
    known = set(_known_items(raw))
    strangers = [item for item in ids.dropna() if item not in known]
    raw.tables["items"] = _over(raw.tables.get("items"), frame.assign(item=ids))
    if "image" in frame:
        raw.origin = replace(raw.origin, folder=str(path.parent))
    detail = f"{path.name}: kept in the catalogue; nobody has touched them"
    did = (
        [Did("items without interactions", len(strangers), detail, tuple(strangers[:3]))] if strangers else []
    )
    raw.note(table.file, *table.did, *did)


def join_pictures(raw: Raw, folder: Path) -> None:
    """Pictures from a folder whose files are named by the id of their item, as `35888.jpg`."""
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder.", "a folder of pictures named by item id.", "check the path.")
    files = _pictures(folder)
    known = set(_known_items(raw))
    items = raw.tables.get("items")
    if items is not None:
        known |= set(as_ids(items["item"]).categories)
    ours = {item: name for item, name in files.items() if item in known}
    refused = {item: error for item, name in ours.items() if (error := _refused(folder / name))}
    found = {item: name for item, name in ours.items() if item not in refused}
    if not ours:
        example = f" (the first is {min(files.values())!r})" if files else ""
        raise BadInput(
            f"No picture in {folder.name} has the id of an item as its name{example}.",
            "files such as 35888.jpg, .png or .webp.",
            "rename them by item id.",
        )
    if not found:
        raise next(iter(refused.values()))
    fresh = pd.DataFrame({"item": list(found), "image": list(found.values())}, dtype="str")
    raw.tables["items"] = _over(raw.tables.get("items"), fresh)
    raw.origin = replace(raw.origin, folder=str(folder))
    strangers = sorted(set(files) - set(ours))
    raw.say(
        Did(
            "pictures", len(found), f"joined from {folder.name} by item id", tuple(sorted(found.values())[:3])
        )
    )
    if refused:
        detail = f"left out: no pictures, or of more than {MOST_PIXELS:,} pixels"
        raw.say(
            Did(
                "pictures that can't be used",
                len(refused),
                detail,
                tuple(one.wrong for one in refused.values())[:3],
            )
        )
    if strangers:
        raw.say(Did("pictures without an item", len(strangers), "left out", tuple(strangers[:3])))


def _refused(path: Path) -> BadInput | None:
    """Why a picture can't be used, by its header."""
    try:
        with opened(path):
            return None
    except BadInput as error:
        return error


def _pictures(folder: Path) -> dict[str, str]:
    """{item id: path inside the folder} of the picture files, links left out."""
    found: dict[str, str] = {}
    for above, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(above) / name
            if path.suffix.lower() in TYPES and not path.is_symlink() and len(found) < MOST_PICTURES:
                found.setdefault(path.stem, str(path.relative_to(folder)))
    return found


def _over(before: pd.DataFrame | None, fresh: pd.DataFrame) -> pd.DataFrame:
    """Fresh details over those that were there, by item id."""
    if before is None:
        return fresh
    ids = pd.Series(as_ids(before["item"]), index=before.index).astype("str")
    before = before.assign(item=ids)
    return fresh.set_index("item").combine_first(before.set_index("item")).reset_index()


def _known_items(raw: Raw) -> Sequence[str]:
    known: set[str] = set()
    for table in ("interactions", "impressions"):
        if table in raw.tables:
            known |= set(as_ids(raw.tables[table]["item"]).categories)
    return sorted(known)
