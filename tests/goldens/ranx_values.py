"""What ranx says of a few lists, as JSON. Runs in an environment of its own: see README.md."""

import importlib
import importlib.metadata
import json
import random

PEOPLE, ITEMS, LENGTH, CUTOFFS = 12, 40, 10, (1, 3, 10)


def main() -> None:
    """Draw lists, ask ranx, print."""
    ranx = importlib.import_module("ranx")  # not among our requirements
    chance = random.Random(11)
    names = [f"i{item:02}" for item in range(ITEMS)]
    truth = {f"u{user:02}": sorted(chance.sample(names[:20], 1 + user % 7)) for user in range(PEOPLE)}
    lists = {user: chance.sample(names[:25], LENGTH) for user in truth}
    lists["u03"] = lists["u03"][:4]
    lists["u05"] = names[30:40]
    qrels = ranx.Qrels({user: dict.fromkeys(held, 1) for user, held in truth.items()})
    run = ranx.Run(
        {user: {item: float(LENGTH - at) for at, item in enumerate(own)} for user, own in lists.items()}
    )
    asked = [f"{name}@{k}" for name in ("precision", "recall", "ndcg", "hit_rate", "mrr") for k in CUTOFFS]
    ranx.evaluate(qrels, run, [*asked, "map@10"])
    values = {name: [float(scores[user]) for user in truth] for name, scores in run.scores.items()}
    version = importlib.metadata.version("ranx")
    print(
        json.dumps({"made_by": f"ranx {version}", "truth": truth, "lists": lists, "values": values}, indent=1)
    )


if __name__ == "__main__":
    main()
