"""A sample as arrays, for tests: codes are positions among the sorted ids, as in truth/."""

import json
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from sample_data.world import World

SAMPLES = Path(__file__).parents[2] / "sample_data"
SHOP = SAMPLES / "shop"
NAMES = tuple(sorted(path.stem for path in (SAMPLES / "worlds").glob("[a-z]*.py")))
WORLDS: dict[str, World] = {name: import_module(f"sample_data.worlds.{name}").WORLD for name in NAMES}
TABLES = ("interactions", "items", "users", "searches", "reviews", "impressions")
K = 5


@dataclass(frozen=True)
class Sampled:
    """Tables and truth of a sample."""

    folder: Path
    world: World
    about: dict[str, Any]
    interactions: pd.DataFrame
    items: pd.DataFrame
    users: pd.DataFrame
    searches: pd.DataFrame
    reviews: pd.DataFrame
    impressions: pd.DataFrame
    relations: pd.DataFrame  # empty in most worlds
    relevance: np.ndarray  # (U, I)
    purchase_given_click: np.ndarray  # (U, I)
    production: np.ndarray  # (U, 50)
    examination: np.ndarray  # (K,)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.users), len(self.items)

    @cached_property
    def purchases(self) -> pd.DataFrame:
        """Conversions, in the order of time."""
        rows = self.interactions[self.interactions["kind"] == self.world.rules.kinds[2]]
        return rows.sort_values("timestamp", kind="stable", ignore_index=True)

    @cached_property
    def cut(self) -> pd.Timestamp:
        """Where by_time(test=.2) over conversions cuts."""
        return self.purchases["timestamp"].iloc[int(0.8 * len(self.purchases))]

    @cached_property
    def train(self) -> np.ndarray:
        """Conversions before the cut, (U, I)."""
        return self.matrix(self.purchases[self.purchases["timestamp"] < self.cut])

    @cached_property
    def barred(self) -> np.ndarray:
        """(U, I) bool: what a person is never shown. Where items are people, themselves and their friends."""
        people, items = (np.sort(ids.to_numpy(str)) for ids in (self.users["user"], self.items["item"]))
        found = people[:, None] == items
        friends = self.relations[self.relations["other"].isin(items)]
        found[self.user(friends), np.searchsorted(items, friends["other"].to_numpy(str))] = True
        return found

    @cached_property
    def shown(self) -> np.ndarray:
        """(U,) how many items a person can be shown."""
        return (~self.barred).sum(axis=1)

    def matrix(self, rows: pd.DataFrame) -> np.ndarray:
        """Rows as a binary matrix (U, I) float32."""
        matrix = np.zeros(self.shape, np.float32)
        matrix[self.user(rows), self.item(rows)] = 1
        return matrix

    def user(self, rows: pd.DataFrame) -> np.ndarray:
        return _places(self.users["user"], rows["user"])

    def item(self, rows: pd.DataFrame) -> np.ndarray:
        return _places(self.items["item"], rows["item"])

    @cached_property
    def log_user(self) -> np.ndarray:
        return self.user(self.impressions)

    @cached_property
    def log_item(self) -> np.ndarray:
        return self.item(self.impressions)

    @cached_property
    def log_position(self) -> np.ndarray:
        """From 0 on."""
        return self.impressions["position"].to_numpy() - 1

    @cached_property
    def uniform_arm(self) -> np.ndarray:
        """(U,) bool: whose slates are drawn at random."""
        arm = np.zeros(len(self.users), dtype=bool)
        arm[self.log_user[self.impressions["policy"].to_numpy(str) == "uniform"]] = True
        return arm


def _places(ids: pd.Series, column: pd.Series) -> np.ndarray:
    """Where the ids of a column stand among the sorted ids."""
    known = column.astype("category").cat
    return np.searchsorted(np.sort(ids.to_numpy(str)), known.categories.to_numpy(str))[known.codes]


def moments(column: pd.Series) -> np.ndarray:
    """Times in UTC as numpy's."""
    return column.dt.tz_convert(None).to_numpy()


def read_sample(folder: Path, world: World) -> Sampled:
    """The sample in a folder."""
    tables = {name: pq.read_table(folder / f"{name}.parquet").to_pandas() for name in TABLES}
    relations = folder / "relations.parquet"
    nobody = pd.DataFrame({"user": [], "other": [], "kind": []}, dtype="str")
    truth = folder / "truth"
    examination = json.loads((truth / "examination.json").read_text())
    return Sampled(
        folder=folder,
        world=world,
        about=json.loads((folder / "dataset.json").read_text("utf-8")),
        **tables,
        relations=pd.read_parquet(relations) if relations.exists() else nobody,
        relevance=np.load(truth / "relevance.npy"),
        purchase_given_click=np.load(truth / "purchase_given_click.npy"),
        production=np.load(truth / "production.npy"),
        examination=np.array([examination[str(k)] for k in range(1, K + 1)]),
    )
