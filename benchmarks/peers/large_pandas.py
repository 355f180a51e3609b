"""The same numbers in pandas, with the whole log in memory."""

import sys

import pandas as pd

path = sys.argv[1]
log = pd.read_csv(path) if path.endswith(".csv") else pd.read_parquet(path)
log = log.drop_duplicates()
described = log["user"].nunique(), log["item"].nunique(), len(log)
kept = log[["user", "item"]]
del log
while True:
    before = len(kept)
    kept = kept[kept["user"].map(kept["user"].value_counts()) >= 5]
    kept = kept[kept["item"].map(kept["item"].value_counts()) >= 5]
    if len(kept) == before:
        break
print(*described, kept["user"].nunique(), kept["item"].nunique(), len(kept))
