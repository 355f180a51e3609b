"""The golden logs of off-policy evaluation as the rows that our estimators take."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.evaluation.offpolicy.rows import Rows


@cache
def expected(folder: Path) -> dict[str, Any]:
    """Every golden number."""
    found: dict[str, Any] = json.loads((folder / "ope-golden" / "expected.json").read_text("utf-8"))
    return found


@cache
def arrays(folder: Path, fixture: str) -> dict[str, np.ndarray]:
    """The arrays of a log."""
    with np.load(folder / "ope-golden" / f"{fixture}.npz") as found:
        return {name: found[name] for name in found.files}


def rows_of(folder: Path, fixture: str, policy: str, reward: str) -> Rows:
    """A log seen by one of its target policies; rewards of whole slates are those of their rows."""
    found = arrays(folder, fixture)
    if fixture == "slate_ragged":
        return _ragged(found, policy)
    make = _slates if fixture.startswith("slate") else _single
    return make(found, policy, "reward" if reward == "slate total" else reward)


def _single(a: dict[str, np.ndarray], policy: str, reward: str) -> Rows:
    """One decision a row: a slate of its own. With positions, each is a decision of its own."""
    n, at = len(a["reward"]), np.arange(len(a["reward"]))
    chances = a["pi_b"] if policy == "pi_b" else a[policy]
    q = a["q_hat_revenue"] if reward == "revenue" else a["q_hat"]
    if "position" in a:
        chances, q = chances[at, :, a["position"]], q[at, :, a["position"]]
    chosen = chances[at, a["action"]]
    return Rows(
        slate=at,
        position=np.zeros(n, dtype=np.int64),
        reward=a[reward].astype(np.float64),
        weight=chosen / a["pscore"],
        counted=np.ones(n),
        hits=at,
        chance=chosen[:, None],
        logged=a["pscore"][:, None],
        modelled=q[at, a["action"]],
        expected=(chances * q).sum(axis=1),
        chosen=chosen if set(np.unique(chances)) == {0.0, 1.0} else None,
    )


def _slates(a: dict[str, np.ndarray], policy: str, reward: str) -> Rows:
    """A row a slot; policy is pi_e, whose chances stand in the arrays."""
    many, width = a["item"].shape
    of = policy

    def flat(values: np.ndarray) -> np.ndarray:
        return np.asarray(values, dtype=np.float64).reshape(many * width, *values.shape[2:])

    whole = np.repeat(a[f"{of}_slate"] / a["pi_b_slate"], width)
    there = "examination" in a
    q, item = (a.get("q_hat"), a["item"]) if "q_hat" in a else (None, a["item"])
    onward = None if q is None else flat(np.take_along_axis(q, item[:, :, None], 2)[:, :, 0])
    return Rows(
        slate=np.repeat(np.arange(many), width),
        position=np.tile(np.arange(width), many),
        reward=flat(a[reward]),
        weight=flat(a[f"{of}_item"] / a["pi_b_item"]),
        counted=np.ones(many * width),
        hits=np.arange(many * width),
        chance=flat(a[f"{of}_item_at"]) if there else np.zeros((many * width, width)),
        logged=flat(a["pi_b_item_at"]) if there else np.ones((many * width, width)),
        examination=a["examination"] if there else None,
        slate_weight=whole,
        prefix_weight=flat(a[f"{of}_prefix"] / a["pi_b_prefix"]),
        modelled_on=onward,
        expected_on=None if q is None else flat((a["pi_e_next"] * q).sum(axis=2)),
    )


def _ragged(a: dict[str, np.ndarray], policy: str) -> Rows:
    """Slates of different lengths, a row a slot."""
    n = len(a["reward"])
    _, slate = np.unique(a["slate"], return_inverse=True)
    return Rows(
        slate=slate,
        position=a["position"],
        reward=a["reward"].astype(np.float64),
        weight=a[f"{policy}_item"] / a["pi_b_item"],
        counted=np.ones(n),
        hits=np.arange(n),
        chance=np.zeros((n, 1)),
        logged=np.ones((n, 1)),
        slate_weight=a[f"{policy}_slate"] / a["pi_b_slate"],
        prefix_weight=a[f"{policy}_prefix"] / a["pi_b_prefix"],
    )
