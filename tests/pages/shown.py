"""A small data set with a log of what was shown, as files that the app opens."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from core.data.load import Source
from pages.parts import session
from tests.core.evaluation.offpolicy.made import pages
from tests.making import random_log

PEOPLE, ITEMS = 40, 8


def made(folder: Path, impressions: pd.DataFrame, name: str) -> str:
    """The key of a data set with these impressions, after a history that is split by time before them."""
    late = pd.DataFrame({"user": ["u000", "u001"], "item": ["i000", "i001"], "timestamp": 1_999_999})
    log = pd.concat([random_log(PEOPLE, ITEMS, 4), late], ignore_index=True).assign(kind="purchase")
    log["timestamp"] = pd.to_datetime(log["timestamp"], unit="s", utc=True)
    log.to_parquet(folder / "interactions.parquet", index=False)
    users = sorted(log["user"].unique())
    clubs = pd.DataFrame({"user": users, "club": np.where(np.arange(len(users)) % 2, "hikers", "bakers")})
    clubs.to_parquet(folder / "users.parquet", index=False)
    if len(impressions):
        shown = impressions.assign(timestamp=pd.to_datetime(impressions["timestamp"], unit="s", utc=True))
        shown.to_parquet(folder / "impressions.parquet", index=False)
    about = {"schema": 1, "name": name, "split": "by_time(test=0.5)"}
    (folder / "dataset.json").write_text(json.dumps(about))
    return session.shelf().put(Source(data=str(folder)), name)


def plenty() -> pd.DataFrame:
    """Pages enough for green figures."""
    return pages(people=PEOPLE, each=60, items=ITEMS)


def few() -> pd.DataFrame:
    """Pages too few for any."""
    return pages(people=PEOPLE, each=1, items=ITEMS).assign(purchased=False)
