"""Metrics beyond ranking by RecTools, LensKit or ranx, of the lists in ranx.json. Run apart: see README.md.

python beyond_values.py rectools|lenskit|ranx
"""

import importlib
import importlib.metadata
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

CUTOFFS = (1, 3, 10)
GIVEN = json.loads((Path(__file__).parent / "ranx.json").read_text("utf-8"))
NAMES = [f"i{item:02}" for item in range(40)]
Values = dict[str, list[float]]


def taken() -> dict[str, list[str]]:
    """Whom training knows: twenty people with eight items each, and one who took everything."""
    chance = random.Random(7)
    return {f"v{at:02}": sorted(chance.sample(NAMES, 8)) for at in range(20)} | {"v20": NAMES}


def rectools() -> Values:
    """Novelty person by person, and coverage of all forty items."""
    pandas, metrics = importlib.import_module("pandas"), importlib.import_module("rectools.metrics")
    rows = [(user, item, at) for user, own in GIVEN["lists"].items() for at, item in enumerate(own, start=1)]
    lists = pandas.DataFrame(rows, columns=["user_id", "item_id", "rank"])
    before = [(user, item) for user, own in taken().items() for item in own]
    known = pandas.DataFrame(before, columns=["user_id", "item_id"])
    found: Values = {}
    for k in CUTOFFS:
        novelty = metrics.MeanInvUserFreq(k=k).calc_per_user(lists, known)
        found[f"novelty@{k}"] = [float(novelty[user]) for user in GIVEN["truth"]]
        coverage = importlib.import_module("rectools.metrics.catalog").CatalogCoverage(k=k, normalize=True)
        found[f"coverage@{k}"] = [float(coverage.calc(lists, NAMES))]
    return found


def lenskit() -> Values:
    """The Gini coefficient of how many lists hold each of forty items."""
    metrics = importlib.import_module("lenskit.metrics.ranking")
    data = importlib.import_module("lenskit.data")
    found: Values = {}
    for k in CUTOFFS:
        gini = metrics.ListGini(n=k, items=len(NAMES))
        lists = [data.ItemList(own, ordered=True) for own in GIVEN["lists"].values()]
        parts = [gini.compute_list_data(one, None) for one in lists]
        found[f"gini@{k}"] = [float(gini.global_aggregate(parts))]
    return found


def ranx() -> Values:
    """F1 and R-precision, person by person; nobody has more held-out items than places."""
    module = importlib.import_module("ranx")
    qrels = module.Qrels({user: dict.fromkeys(held, 1) for user, held in GIVEN["truth"].items()})
    run = module.Run(
        {user: {item: 10.0 - at for at, item in enumerate(own)} for user, own in GIVEN["lists"].items()}
    )
    module.evaluate(qrels, run, [*(f"f1@{k}" for k in CUTOFFS), "r-precision"])
    named = {name.replace("r-precision", "r_precision"): scores for name, scores in run.scores.items()}
    return {name: [float(scores[user]) for user in GIVEN["truth"]] for name, scores in named.items()}


TOOLS: dict[str, Callable[[], Values]] = {"rectools": rectools, "lenskit": lenskit, "ranx": ranx}


def main(tool: str) -> None:
    """Ask the tool, print."""
    made_by = f"{tool} {importlib.metadata.version(tool)}"
    print(json.dumps({"made_by": made_by, "taken": taken(), "values": TOOLS[tool]()}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
