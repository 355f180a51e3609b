"""A part of the people of a log that is larger than memory, as a table that fits."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from core.data.dataset import Did, Origin
from core.data.ids import as_ids
from core.data.large.columns import Log, mended, open_log, person
from core.data.large.duck import Duck, duck, readable
from core.data.large.plain import opened
from core.data.mapping import Mapping
from core.data.readers.base import Raw
from core.data.readers.generic import Generic, add_log
from core.data.sampling import first, said
from core.data.tables import read_table
from core.work.report import Report, within
from core.work.scratch import passing_folder
from core.work.settings import settings

_EVERYBODY = "SELECT DISTINCT user_text AS raw FROM with_person WHERE user_text IS NOT NULL"
_CHOSEN = "CREATE OR REPLACE TABLE chosen AS SELECT raw FROM people SEMI JOIN texts USING (text)"
_THEIRS = "SELECT * EXCLUDE (user_text) FROM with_person SEMI JOIN chosen ON user_text = raw"
_MALFORMED = "SELECT count(DISTINCT line) FROM reject_errors"


def sampled_log(given: Path, mapping: Mapping, many: int, report: Report) -> Raw:
    """The rows of so many people of a file, as the generic reader gives them; what was left out is said."""
    raw = Raw(given.stem, Origin(given.name, Generic.name))
    with (
        opened(given, within(report, 0.0, 0.8)) as (path, before),
        passing_folder(settings().temporary_folder) as folder,
        duck(within(report, 0.1, 0.8)) as db,
        readable(path.name),
    ):
        part = folder / "part.parquet"
        log = open_log(db, path, mapping)
        everybody = _choose(db, log, many, part)
        again = mended(db, log)
        if again is not None:
            everybody = _choose(db, again, many, part)
        bad = int(db.row(_MALFORMED)[0]) if db.has("reject_errors") else 0
        report(0.8, "Reading their rows")
        table = read_table(part)
    quotes = again.did[-1:] if again else ()  # the rest is said where the part is read
    table = replace(table, did=(*before, *quotes, *table.did), file=replace(table.file, name=path.name))
    add_log(raw, table, "", mapping)
    detail = f"{path.name}: rows that don't have {len(log.columns)} fields were left out"
    raw.say(*([Did("malformed rows", bad, detail)] if bad else []))
    raw.say(*([said(many, everybody)] if many < everybody else []))
    return raw


def _choose(db: Duck, log: Log, many: int, part: Path) -> int:
    """Writes the rows of the sample, whose people stand in the table `chosen`; returns how many there are."""
    db.connection.sql("FROM source").project(f"*, {person(log)}").create_view("with_person", replace=True)
    db.between(0.0, 0.5)
    db.run("CREATE OR REPLACE TABLE people (raw VARCHAR, text VARCHAR)")
    chosen: set[str] = set()
    for batch in db.batches(_EVERYBODY):
        ids = as_ids(batch["raw"])
        db.insert("people", pd.DataFrame({"raw": batch["raw"], "text": pd.Series(ids).astype("str")}))
        chosen = set(first(pd.Index(sorted(chosen.union(ids.categories))), many))
    db.run("CREATE OR REPLACE TABLE texts (text VARCHAR)")
    db.insert("texts", pd.DataFrame({"text": pd.Series(sorted(chosen), dtype="str")}))
    db.run(_CHOSEN)
    db.connection.sql(_THEIRS).write_parquet(str(part))
    return int(db.row("SELECT count(DISTINCT text) FROM people")[0])
