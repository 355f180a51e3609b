"""People and items with enough rows: the weak go, and whom that makes weak, until nobody is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.data.large.duck import Duck
from core.work.artifacts import artifact
from core.work.errors import BadInput

REWRITE = 0.3  # share of rows lost after which the rest is written anew

_SETUP = (
    "CREATE OR REPLACE VIEW alive AS SELECT u, i FROM log",
    "CREATE OR REPLACE TABLE dead_u (u BIGINT)",
    "CREATE OR REPLACE TABLE dead_i (i BIGINT)",
)
_COUNTED = (
    "CREATE OR REPLACE TABLE people_n AS SELECT u, count(*) AS n FROM alive GROUP BY u",
    "CREATE OR REPLACE TABLE items_n AS SELECT i, count(*) AS n FROM alive GROUP BY i",
)
_WEAK_U = "CREATE OR REPLACE TABLE weak_u AS SELECT u FROM people_n WHERE n < ?"
_WEAK_I = "CREATE OR REPLACE TABLE weak_i AS SELECT i FROM items_n WHERE n < ?"
_WEAK = "SELECT (SELECT count(*) FROM weak_u), (SELECT count(*) FROM weak_i)"
_LOST = """
CREATE OR REPLACE TABLE lost AS SELECT a.u, a.i FROM alive a
LEFT JOIN weak_u ON a.u = weak_u.u LEFT JOIN weak_i ON a.i = weak_i.i
ANTI JOIN dead_u ON a.u = dead_u.u ANTI JOIN dead_i ON a.i = dead_i.i
WHERE weak_u.u IS NOT NULL OR weak_i.i IS NOT NULL
"""
_DEAD = ("INSERT INTO dead_u FROM weak_u", "INSERT INTO dead_i FROM weak_i")
_FEWER = (
    "DELETE FROM people_n WHERE u IN (SELECT u FROM weak_u)",
    "DELETE FROM items_n WHERE i IN (SELECT i FROM weak_i)",
    """
    UPDATE people_n SET n = n - gone.c FROM (SELECT u, count(*) AS c FROM lost GROUP BY u) gone
    WHERE people_n.u = gone.u
    """,
    """
    UPDATE items_n SET n = n - gone.c FROM (SELECT i, count(*) AS c FROM lost GROUP BY i) gone
    WHERE items_n.i = gone.i
    """,
)
_ANEW = (
    """
    CREATE OR REPLACE TABLE rest_alive AS SELECT a.u, a.i FROM alive a
    ANTI JOIN dead_u ON a.u = dead_u.u ANTI JOIN dead_i ON a.i = dead_i.i
    """,
    "DROP VIEW alive",
    "DROP TABLE IF EXISTS kept",
    "ALTER TABLE rest_alive RENAME TO kept",
    "CREATE VIEW alive AS FROM kept",
    "DELETE FROM dead_u",
    "DELETE FROM dead_i",
)
_LEFT = """
SELECT (SELECT count(*) FROM people_n WHERE n > 0), (SELECT count(*) FROM items_n WHERE n > 0),
  (SELECT coalesce(sum(n), 0) FROM people_n)
"""


@artifact
@dataclass(frozen=True)
class Minimum:
    """People and items with fewer rows are left out, again and again until none is left; 1 = all stay."""

    user: int = 1
    item: int = 1


@artifact
@dataclass(frozen=True)
class Core:
    """What is left with a minimum of rows for each person and item."""

    users: int
    items: int
    interactions: int
    rounds: int


def core_in_memory(dataset: Dataset, minimum: Minimum) -> Core:
    """The core of a data set that is loaded. Raises BadInput where nothing is left."""
    log = dataset.interactions
    user, item = log["user"].cat.codes.to_numpy(), log["item"].cat.codes.to_numpy()
    rounds = 0
    while len(user):
        enough = (np.bincount(user) >= minimum.user)[user] & (np.bincount(item) >= minimum.item)[item]
        if enough.all():
            return Core(len(np.unique(user)), len(np.unique(item)), len(user), rounds)
        user, item, rounds = user[enough], item[enough], rounds + 1
    raise _nobody(minimum)


def core_of(duck: Duck, minimum: Minimum) -> Core:
    """The core of the table `log`. Raises BadInput where nothing is left."""
    _all(duck, (*_SETUP, *_COUNTED), "Counting rows of people and items")
    rows, since, rounds = int(duck.row("SELECT count(*) FROM log")[0]), 0, 0
    while True:
        duck.run(_WEAK_U, parameters=(minimum.user,))
        duck.run(_WEAK_I, parameters=(minimum.item,))
        if not any(duck.row(_WEAK)):
            break
        rounds += 1
        message = f"Leaving out those with few rows, round {rounds}"
        duck.run(_LOST, message)
        since += int(duck.row("SELECT count(*) FROM lost")[0])
        _all(duck, _DEAD, message)
        if since > REWRITE * rows:
            _all(duck, (*_ANEW, *_COUNTED), message)
            rows, since = rows - since, 0
        else:
            _all(duck, _FEWER, message)
    users, items, left = map(int, duck.row(_LEFT))
    if not left:
        raise _nobody(minimum)
    return Core(users, items, left, rounds)


def _nobody(minimum: Minimum) -> BadInput:
    return BadInput(
        f"Nobody is left with {minimum.user} interactions a person and {minimum.item} an item.",
        "some.",
        "lower the minimum.",
    )


def _all(duck: Duck, statements: Iterable[str], message: str) -> None:
    for statement in statements:
        duck.run(statement, message)
