"""Open Bandit beside Open Bandit Pipeline 0.5.7 and VowpalWabbit's estimators, to 1e-10."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.evaluation.offpolicy import intervals
from core.evaluation.offpolicy.estimator import estimator_of
from core.evaluation.offpolicy.gate import REFUSE, effective_sample_size
from core.evaluation.offpolicy.rows import Rows
from tests.core.evaluation.offpolicy.golden import expected
from tests.core.evaluation.offpolicy.made import rows

CLOSE = 1e-10
PRIOR = 100
WAYS = [("men", "bts"), ("men", "random"), ("women", "bts"), ("women", "random")]


def _log(folder: Path, policy: str, campaign: str) -> pd.DataFrame:
    """The rows of a log in the order that the library used."""
    found = pd.read_csv(folder / "open-bandit" / policy / campaign / f"{campaign}.csv.gz", index_col=0)
    order = pd.read_parquet(folder / "ope-golden" / f"obd_rows_{campaign}_{policy}.parquet")
    made: pd.DataFrame = found.loc[order["row"]].join(order.set_index("row"))
    return made


def _target(folder: Path, policy: str, campaign: str, items: int) -> np.ndarray:
    """(items, 3) chances; bts as drawn from its published prior, random even."""
    if policy == "random":
        return np.full((items, 3), 1 / items)
    table = pd.read_csv(folder / "ope-golden" / f"obd_pi_e_{campaign}.csv").set_index("item_id")
    return table.sort_index()[["p1", "p2", "p3"]].to_numpy()


def _seen(folder: Path, campaign: str, policy: str, model: str = "item") -> Rows:
    """The other policy's log seen by a policy, with a reward model."""
    log = _log(folder, "bts" if policy == "random" else "random", campaign)
    item, place = log["item_id"].to_numpy(), log["position"].to_numpy() - 1
    items = int(item.max()) + 1
    chances = _target(folder, policy, campaign, items)
    reward = log["click"].to_numpy(dtype=np.float64)
    if model == "item":
        half = log.index.to_numpy() % 2
        worth = np.stack([_worth(item[half != side], reward[half != side], items) for side in (0, 1)])
        modelled = worth[half, item]
        mean = (chances[:, :, None] * worth.T[:, None, :]).sum(axis=0)  # (3, 2)
        wanted = mean[place, half]
    else:
        modelled, wanted = log["q_a_logit"].to_numpy(), log["q_pi_logit"].to_numpy()
    weight = chances[item, place] / log["propensity_score"].to_numpy()
    return rows(weight.tolist(), reward.tolist(), modelled=modelled, expected=wanted)


def _worth(item: np.ndarray, reward: np.ndarray, items: int) -> np.ndarray:
    shown, clicked = np.bincount(item, minlength=items), np.bincount(item, reward, items)
    found: np.ndarray = (clicked + PRIOR * reward.mean()) / (shown + PRIOR)
    return found


@pytest.mark.parametrize(("campaign", "policy"), WAYS)
def test_values_and_why_none_is_shown(campaign: str, policy: str, shared_data: Path) -> None:
    golden = expected(shared_data)["open_bandit"][campaign]
    other = "bts" if policy == "random" else "random"
    wanted = golden[f"{policy}_from_{other}"]
    seen = _seen(shared_data, campaign, policy)
    for name, key, settings in (
        ("ips", "ips", {}),
        ("ips_clipped", "ips_clipped_10", {"limit": 10.0}),
        ("snips", "snips", {}),
        ("dm", "dm_item", {}),
        ("dr", "dr_item", {}),
        ("sndr", "sndr_item", {}),
        ("switch_dr", "switch_dr_item_5", {"limit": 5.0}),
        ("dros", "dros_item_10", {"limit": 10.0}),
        ("cressie_read", "vw_cressie_read", {}),
    ):
        value = estimator_of(name).value(seen, **settings)
        assert value == pytest.approx(wanted[key]["value"], abs=CLOSE), key
    for name in ("gaussian", "clopper_pearson", "cressie_read_interval"):
        of = name.removesuffix("_interval")
        made = (
            intervals.gaussian(seen.weight * seen.reward)
            if of == "gaussian"
            else getattr(intervals, of)(seen.weight, seen.reward)
        )
        assert (made.low, made.high) == pytest.approx(wanted[f"vw_{name}"]["interval"], abs=CLOSE)
    events = effective_sample_size(seen.weight) * seen.reward.mean()
    assert events == pytest.approx(wanted["diagnostics"]["effective_events"], rel=CLOSE)
    assert events < REFUSE


@pytest.mark.parametrize("campaign", ["men", "women"])
def test_values_with_a_fitted_model(campaign: str, shared_data: Path) -> None:
    wanted = expected(shared_data)["open_bandit"][campaign]["bts_from_random"]
    seen = _seen(shared_data, campaign, "bts", "logit")
    for name, key, settings in (
        ("dm", "dm_logit", {}),
        ("dr", "dr_logit", {}),
        ("sndr", "sndr_logit", {}),
        ("switch_dr", "switch_dr_logit_5", {"limit": 5.0}),
        ("dros", "dros_logit_10", {"limit": 10.0}),
    ):
        value = estimator_of(name).value(seen, **settings)
        assert value == pytest.approx(wanted[key]["value"], abs=CLOSE), key
