"""What RecTools, LensKit or RecBole says of the lists in ranx.json. Runs in an environment of its own.

python definitions_values.py rectools|lenskit|recbole
"""

import importlib
import importlib.metadata
import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

CUTOFFS = (1, 3, 10, 20)
GIVEN = json.loads((Path(__file__).parent / "ranx.json").read_text("utf-8"))
Values = dict[str, list[float | None]]


def rectools() -> Values:
    """One value a person, by RecTools' defaults."""
    pandas, metrics = importlib.import_module("pandas"), importlib.import_module("rectools.metrics")
    rows = [(user, item, at) for user, own in GIVEN["lists"].items() for at, item in enumerate(own, start=1)]
    lists = pandas.DataFrame(rows, columns=["user_id", "item_id", "rank"])
    held = [(user, item) for user, own in GIVEN["truth"].items() for item in own]
    truth = pandas.DataFrame(held, columns=["user_id", "item_id"])
    made = {"precision": "Precision", "recall": "Recall", "hit_rate": "HitRate", "mrr": "MRR"}
    made |= {"map": "MAP", "ndcg": "NDCG"}
    found: Values = {}
    for name, cls in made.items():
        for k in CUTOFFS:
            values = getattr(metrics, cls)(k=k).calc_per_user(lists, truth)
            found[f"{name}@{k}"] = [float(values[user]) for user in GIVEN["truth"]]
    return found


def lenskit() -> Values:
    """One value a person, by LensKit's defaults."""
    metrics, data = (
        importlib.import_module("lenskit.metrics.ranking"),
        importlib.import_module("lenskit.data"),
    )
    made = {"precision": "Precision", "recall": "Recall", "hit_rate": "Hit", "mrr": "RecipRank"}
    made |= {"map": "AveragePrecision", "ndcg": "NDCG"}
    found: Values = {}
    for name, cls in made.items():
        for k in CUTOFFS:
            metric = getattr(metrics, cls)(n=k)
            found[f"{name}@{k}"] = [
                float(
                    metric.measure_list(data.ItemList(GIVEN["lists"][user], ordered=True), data.ItemList(own))
                )
                for user, own in GIVEN["truth"].items()
            ]
    return found


def recbole() -> Values:
    """One value a person by RecBole's metric classes, whose lists are always as long as they are asked for.

    The package asks for much that its metrics do not use, and for a numpy that still has `np.float`: both are
    given to it here.
    """
    numpy, torch = importlib.import_module("numpy"), importlib.import_module("torch")
    setattr(numpy, "float", float)  # noqa: B010
    utils = types.ModuleType("recbole.utils")
    setattr(utils, "EvaluatorType", types.SimpleNamespace(RANKING=1, VALUE=2))  # noqa: B010
    package = types.ModuleType("recbole")
    root = Path(str(importlib.metadata.distribution("recbole").locate_file("recbole")))
    package.__path__ = [str(root)]
    evaluator = types.ModuleType("recbole.evaluator")
    evaluator.__path__ = [str(root / "evaluator")]
    sys.modules |= {"recbole": package, "recbole.utils": utils, "recbole.evaluator": evaluator}
    metrics = importlib.import_module("recbole.evaluator.metrics")
    made = {"precision": "Precision", "recall": "Recall", "hit_rate": "Hit", "mrr": "MRR", "map": "MAP"}
    made["ndcg"] = "NDCG"
    most = max(CUTOFFS)
    rows = [
        [
            *(int(item in held) for item in GIVEN["lists"][user]),
            *[0] * (most - len(GIVEN["lists"][user])),
            len(held),
        ]
        for user, held in GIVEN["truth"].items()
    ]
    config = {"topk": list(CUTOFFS), "metric_decimal_place": 10}
    found: Values = {}
    for name, cls in made.items():
        metric = getattr(metrics, cls)(config)
        hits, held = metric.used_info({"rec.topk": torch.tensor(rows)})
        arguments = {"pos_index": hits, "pos_len": held}
        wanted = metric.metric_info.__code__.co_varnames[: metric.metric_info.__code__.co_argcount]
        values = metric.metric_info(*(arguments[one] for one in wanted if one in arguments))
        for k in CUTOFFS:
            found[f"{name}@{k}"] = [float(value) for value in values[:, k - 1]]
    return found


TOOLS: dict[str, Callable[[], Values]] = {"rectools": rectools, "lenskit": lenskit, "recbole": recbole}


def main(tool: str) -> None:
    """Ask the tool, print. A value that it does not define is null."""
    values: dict[str, Any] = TOOLS[tool]()
    plain = {key: [None if one != one else one for one in own] for key, own in values.items()}
    print(json.dumps({"made_by": f"{tool} {importlib.metadata.version(tool)}", "values": plain}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
