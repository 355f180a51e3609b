"""Four people, five items and two recommenders' lists that a reader can judge by head."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.data.dataset import COLUMNS, Dataset, Origin, empty
from core.evaluation.comparison import Column, Comparison, Entry, Facts
from core.evaluation.experiment import experiment_of
from core.recommenders.base import Ranked
from core.recommenders.fitting import Cost

USERS, ITEMS = ("ann", "bob", "cid", "dan"), ("i1", "i2", "i3", "i4", "i5")
ROWS = [
    ("ann", "i1", "view", "2024-01-01"),
    ("ann", "i2", "purchase", "2024-01-02"),
    ("bob", "i2", "view", "2024-01-01"),
    ("cid", "i3", "view", "2024-01-01"),
    ("dan", "i1", "view", "2024-01-03"),
    ("eve", "i5", "view", "2024-01-03"),
]
#        ann, bob, cid, dan
FIRST = [1.0, 0.0, 0.5, 0.0]
OTHER = [0.0, 0.0, 0.5, 0.2]


def dataset() -> Dataset:
    rows = pd.DataFrame(ROWS, columns=["user", "item", "kind", "timestamp"])
    interactions = pd.DataFrame(
        {
            "user": rows["user"].astype("category"),
            "item": rows["item"].astype("category"),
            "timestamp": pd.to_datetime(rows["timestamp"], utc=True),
            "kind": rows["kind"].astype("category"),
            "value": np.nan,
            "session": pd.Series(pd.Categorical([None] * len(rows), categories=pd.Index([], dtype="str"))),
        }
    )
    items = empty("items").reindex(pd.Index(ITEMS, dtype="str", name="item"))
    items = items.assign(
        title=pd.Series(
            ["Rain jacket", "Tent", "Head torch", "", "Wool socks"], index=items.index, dtype="str"
        ),
        category=pd.Categorical(["Clothing|Outdoor", "Outdoor", "Outdoor", None, "Clothing"]),
    )
    users = pd.DataFrame(
        {"age": ["34", "50", "34", "20"], "club": ["hikers", "bakers", "hikers", ""]},
        index=pd.Index(USERS, dtype="str", name="user"),
    )
    tables = {table: empty(table) for table in COLUMNS} | {
        "interactions": interactions,
        "items": items,
        "users": users,
    }
    return Dataset(name="Camp", origin=Origin("camp", "test", personal=("age",)), **tables)


def comparison() -> Comparison:
    truth = np.zeros((4, 5), dtype=np.float32)
    for row, columns in enumerate(([2, 3], [0], [4], [1, 2, 3])):
        truth[row, columns] = 1
    ids = np.array(USERS, dtype=object)
    lists = np.array([[2, 3, 4], [1, 2, -1], [0, 4, -2], [4, 0, 3]], dtype=np.int32)
    scores = np.array([[3, 2, 1]] * 4, dtype=np.float32)
    cost = Cost(0.0, 0.0)
    values = np.array([[FIRST], [OTHER]])
    return Comparison(
        experiment=experiment_of({"data": "shop", "recommenders": ["ease", "popularity"]}),
        facts=Facts("Camp", "f", 4, 5, 6, 5),
        entries=(
            Entry("ease", "EASE", "ease", {}, cost, cost),
            Entry("popularity", "Popularity", "popularity", {}, cost, cost),
        ),
        columns=(Column("ndcg", "standard", 3),),
        user_ids=ids,
        item_ids=np.array(ITEMS, dtype=object),
        values=values,
        whole=values.mean(axis=2),
        draws=values.mean(axis=2, keepdims=True),
        ranked=(Ranked(ids, lists, scores), Ranked(ids, lists[::-1].copy(), scores)),
        truth=csr_array(truth),
        history=csr_array(np.zeros((4, 5), dtype=np.float32)),
        integrity=(),
        failures=(),
        time=None,
    )


def without_personal_columns() -> Dataset:
    return replace(dataset().with_origin(personal=()))
