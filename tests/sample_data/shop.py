"""The sample as arrays, for tests: codes are positions among the sorted ids, as in truth/."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

SHOP = Path(__file__).parents[2] / "sample_data" / "shop"
TABLES = ("interactions", "items", "users", "searches", "reviews", "impressions")
K = 5


@dataclass(frozen=True)
class Shop:
    """Tables and truth of a sample."""

    about: dict[str, Any]
    interactions: pd.DataFrame
    items: pd.DataFrame
    users: pd.DataFrame
    searches: pd.DataFrame
    reviews: pd.DataFrame
    impressions: pd.DataFrame
    relevance: np.ndarray  # (U, I)
    purchase_given_click: np.ndarray  # (U, I)
    production: np.ndarray  # (U, 50)
    examination: np.ndarray  # (K,)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.users), len(self.items)

    @cached_property
    def purchases(self) -> pd.DataFrame:
        """In the order of time."""
        rows = self.interactions[self.interactions["kind"] == "purchase"]
        return rows.sort_values("timestamp", kind="stable", ignore_index=True)

    @cached_property
    def cut(self) -> pd.Timestamp:
        """Where by_time(test=.2) over purchases cuts."""
        return self.purchases["timestamp"].iloc[int(0.8 * len(self.purchases))]

    def matrix(self, rows: pd.DataFrame) -> np.ndarray:
        """Rows as a binary matrix (U, I) float32."""
        matrix = np.zeros(self.shape, np.float32)
        matrix[self.user(rows), self.item(rows)] = 1
        return matrix

    def user(self, rows: pd.DataFrame) -> np.ndarray:
        return np.searchsorted(np.sort(self.users["user"].to_numpy(str)), rows["user"].to_numpy(str))

    def item(self, rows: pd.DataFrame) -> np.ndarray:
        return np.searchsorted(np.sort(self.items["item"].to_numpy(str)), rows["item"].to_numpy(str))

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


def read_shop(folder: Path) -> Shop:
    """The sample in a folder."""
    tables = {name: pq.read_table(folder / f"{name}.parquet").to_pandas() for name in TABLES}
    truth = folder / "truth"
    examination = json.loads((truth / "examination.json").read_text())
    return Shop(
        about=json.loads((folder / "dataset.json").read_text("utf-8")),
        **tables,
        relevance=np.load(truth / "relevance.npy"),
        purchase_given_click=np.load(truth / "purchase_given_click.npy"),
        production=np.load(truth / "production.npy"),
        examination=np.array([examination[str(k)] for k in range(1, K + 1)]),
    )
