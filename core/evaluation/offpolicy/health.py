"""The log's health: what must be right before a rate is read from it. Each a line with a verdict."""

from collections.abc import Mapping

import numpy as np

from core.data.dataset import Dataset
from core.data.ids import positions, rows_with
from core.data.impressions import UNKNOWN
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.log import SEVERAL, TWICE, Log
from core.evaluation.offpolicy.marginals import MOST_CELLS, Marginals
from core.evaluation.offpolicy.rows import ratio
from core.types import BoolArray, PlaceArray

FEW = 0.001  # share of impressions that have to be drawn by chance
MANY = 0.05
CERTAIN = 0.999  # a chance above it is none
DISTINCT = 8  # different chances, beyond which all being round is no choice of numbers
ROUNDED = 200  # chances so few that they were rounded
UNEVEN = 0.001  # p-value below which policies serve other shares of people than configured
OFF = 1.25  # inverse chances may add up to so many times too many, or too few, items
MOST_OF_ONE = 0.2  # of all clicks
SURE, UNLIKE = (
    4,
    0.1,
)  # standard errors, and share, by which items are shown again more or less often than said


def health(log: Log, configured: Mapping[str, float]) -> tuple[Check, ...]:
    """The health strip of a log, `configured` being the share of people that each policy should serve."""
    return (
        _whole(log),
        _propensities(log),
        *_shares(log, configured),
        _crossed(log),
        *_lost(log),
        _twice(log),
        _order(log),
        *_prices(log),
        _one_person(log),
    )


def by_chance(log: Log) -> bool:
    """Whether a log chooses with chance: else nothing is known of what it did not show."""
    return bool((log.propensity < CERTAIN).mean() > FEW)


def failed(checks: tuple[Check, ...]) -> bool:
    """Whether any check says that the log can't be trusted."""
    return any(one.verdict == "failed" for one in checks)


def as_often(marginals: Marginals) -> list[Check]:
    """Whether items are shown again as often as propensities say; () where the log can't tell.

    A propensity that is too high by a factor is a weight that is too low by it.
    """
    again, said, noise = marginals.again, marginals.expected, marginals.noise
    if not marginals.steady_enough or not said > 0:
        return []
    off = again / said - 1
    detail = f"items were shown again {again:,.0f} times, where propensities say {said:,.0f}"
    sure = abs(off) > SURE * noise
    wrong = sure and abs(off) > UNLIKE
    return [Check("propensities come true", "failed" if wrong else "ok", detail)]


def clicks_of_nothing_shown(dataset: Dataset, log: Log) -> list[Check]:
    """Clicks among the interactions on what the log never showed to the person; () where none is one."""
    rows = dataset.interactions
    clicks = rows[rows_with(rows["kind"], "click")]
    if clicks.empty:
        return []
    user, item = positions(clicks["user"], log.user_ids), positions(clicks["item"], dataset.catalogue)
    shown = np.unique(log.user.astype(np.int64) * log.items + log.item)
    known = user >= 0  # of others the log shows nothing at all
    odd = int((~np.isin(user[known].astype(np.int64) * log.items + item[known], shown)).sum())
    many = int(known.sum())
    return [_graded("clicks without an impression", odd, many, f"{odd:,} of {many:,} clicks")]


def _graded(check: str, bad: int, of: int, detail: str) -> Check:
    share = bad / max(of, 1)
    if not bad:
        return Check(check, "ok", detail)
    return Check(check, "failed" if share > MANY else "warning", detail)


def _whole(log: Log) -> Check:
    """Slates without a gap, and all of one length."""
    if log.slates == len(log.slate):
        return Check("log complete", "ok", f"{log.slates:,} impressions, each on its own")
    shown = np.bincount(log.slate, minlength=log.slates)
    lengths = np.zeros(log.slates, dtype=np.int64)
    np.maximum.at(lengths, log.slate, log.position + 1)
    gaps = int((shown < lengths).sum())
    sizes = np.unique(lengths)
    length = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
    return _graded(
        "log complete", gaps, log.slates, f"{gaps:,} of {log.slates:,} pages of {length} items have a gap"
    )


def _propensities(log: Log) -> Check:
    """Inverse chances add up to the number of items that can be shown, and are not rounded."""
    p = log.propensity
    digits = np.abs(p * ROUNDED - np.round(p * ROUNDED)) < 1e-9
    if len(p) and digits.all() and len(np.unique(p)) >= DISTINCT:
        return Check(
            "propensities",
            "failed",
            f"all are multiples of {1 / ROUNDED:g}: they look rounded, and weights are their inverse",
        )
    if odd := _odd_sum(log):
        return Check("propensities", "failed", odd)
    small = f"; the least is {p.min():.2g}" if len(p) else ""
    return Check("propensities", "ok", f"inverse chances add up to the items that can be shown{small}")


def _odd_sum(log: Log) -> str:
    """Where inverse chances add up to no number of items that can be shown; "" where they all do.

    Each person may have items of their own to choose from, so what one person saw is the least there can be.
    """
    many, people = len(log.policies) * log.width, len(log.user_ids)
    place = log.policy.astype(np.int64) * log.width + log.position
    inverse = 1 / log.propensity
    n = np.bincount(place, minlength=many)
    total, square = (ratio(np.bincount(place, values, many), n) for values in (inverse, inverse**2))
    noise = 3 * np.sqrt(ratio(np.maximum(square - total**2, 0), n))
    viewer = place * people + log.user
    served = np.count_nonzero(np.bincount(viewer, minlength=many * people).reshape(many, people), axis=1)
    seen = ratio(_distinct(viewer * log.items + log.item, many, people * log.items), served)
    bad = np.flatnonzero((n > 0) & ((total + noise < seen / OFF) | (total - noise > log.items * OFF)))
    if not len(bad):
        return ""
    policy, position = divmod(int(bad[0]), log.width)
    where = f"{log.policies[policy]} at position {position + 1}".strip()
    found = f"{total[bad[0]]:,.0f} items, where a person saw {seen[bad[0]]:,.0f} and there are {log.items:,}"
    return f"{where}: inverse chances add up to {found}"


def _distinct(cell: PlaceArray, many: int, each: int) -> PlaceArray:
    """(many,) how many different cells (N,) occur, of `each` that every place has."""
    if many * each <= MOST_CELLS:
        found = np.bincount(cell, minlength=many * each).reshape(many, each)
        return np.count_nonzero(found, axis=1)
    return np.bincount(np.unique(cell) // each, minlength=many)


def _shares(log: Log, configured: Mapping[str, float]) -> list[Check]:
    """Whether each policy served the share of people that it should (a sample-ratio mismatch)."""
    if len(log.policies) < 2:
        return []
    served = _served(log).sum(axis=0)
    said = ", ".join(f"{name} {many:,}" for name, many in zip(log.policies, served.tolist(), strict=True))
    if not all(name in configured for name in log.policies):
        return [Check("people by policy", "ok", f"{said}; no shares are configured")]
    from scipy.stats import chisquare

    wanted = np.array([configured[name] for name in log.policies])
    p = float(chisquare(served, served.sum() * wanted / wanted.sum()).pvalue)
    return [
        Check(
            "people by policy",
            "failed" if p < UNEVEN else "ok",
            f"{said}; configured {', '.join(f'{share:.0%}' for share in wanted)} (p = {p:.2g})",
        )
    ]


def _served(log: Log) -> BoolArray:
    """(U, policies) which policy served whom."""
    shape = len(log.user_ids), len(log.policies)
    cell = log.user.astype(np.int64) * shape[1] + log.policy
    found: BoolArray = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape) > 0
    return found


def _crossed(log: Log) -> Check:
    both = int((_served(log).sum(axis=1) > 1).sum())
    return _graded(
        "people in two policies", both, len(log.user_ids), f"{both:,} of {len(log.user_ids):,} people"
    )


def _twice(log: Log) -> Check:
    """One item twice on a page, or a page that was logged twice."""
    cell = log.slate.astype(np.int64) * log.items + log.item
    order = np.argsort(cell, kind="stable")  # nearly sorted already: slates are
    again = int((np.diff(cell[order]) == 0).sum())
    pages = len(np.unique(log.slate[order][1:][np.diff(cell[order]) == 0]))
    left = _left(log, TWICE)
    detail = f"{again:,} items stand twice on a page; {left:,} pages with two items at one position left out"
    return _graded("duplicate exposures", pages + left, log.slates + left, detail)


def _lost(log: Log) -> list[Check]:
    """Pages that could not be used, where there are any: what they would have said is not known."""
    found = []
    for check, why in (("clicks known", UNKNOWN), ("people of a page", SEVERAL)):
        if left := _left(log, why):
            found.append(_graded(check, left, log.slates + left, f"{left:,} {why} left out"))
    return found


def _left(log: Log, why: str) -> int:
    return sum(did.count for did in log.left_out if did.step == why)


def _prices(log: Log) -> list[Check]:
    """Purchases without a price, where others have one: then no revenue is estimated."""
    known = np.isfinite(log.price[log.purchased])
    if known.all() or not known.any():
        return []
    detail = f"{int((~known).sum()):,} of {len(known):,} purchases have no price: no revenue is estimated"
    return [Check("prices", "warning", detail)]


def _order(log: Log) -> Check:
    """No purchase without a click."""
    odd = int((log.purchased & ~log.clicked).sum())
    return _graded(
        "purchases without a click",
        odd,
        max(int(log.purchased.sum()), 1),
        f"{odd:,} of {int(log.purchased.sum()):,} purchases follow no click",
    )


def _one_person(log: Log) -> Check:
    clicks = np.bincount(log.user, log.clicked, len(log.user_ids))
    most = float(clicks.max(initial=0) / max(clicks.sum(), 1))
    return Check(
        "clicks of one person",
        "failed" if most > MOST_OF_ONE else "ok",
        f"the busiest person made {most:.1%} of {int(clicks.sum()):,} clicks",
    )
