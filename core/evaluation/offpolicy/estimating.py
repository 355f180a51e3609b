"""From candidates to figures: every estimator on every rate of every group, all resampled together."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.data.times import NEVER
from core.evaluation.offpolicy import examination
from core.evaluation.offpolicy.asked import By, ClicksOf, Figure, Who
from core.evaluation.offpolicy.candidates import Candidate
from core.evaluation.offpolicy.estimator import Estimator, estimator_of
from core.evaluation.offpolicy.gate import Support, Verdict, of_ratio, verdict
from core.evaluation.offpolicy.intervals import expanded
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.resampling import Asked, redrawn
from core.evaluation.offpolicy.reward_model import RewardModel
from core.evaluation.offpolicy.rows import Rows
from core.evaluation.offpolicy.supporting import Weighed, support_of
from core.evaluation.offpolicy.target import with_model
from core.evaluation.uncertainty import Estimate
from core.types import FloatArray, PlaceArray
from core.work.report import Report, within

NO_ESTIMATE = Estimate(float("nan"), float("nan"), float("nan"), 0)
NO_SUPPORT = Support(0.0, 0.0, 0.0, 0, float("nan"), float("nan"), 0.0)
AT_ONCE = 2  # candidates
DAY = 86_400_000_000  # microseconds
MOST_DAYS = 31  # beyond them, weeks

Part = Callable[[Rows], tuple[Rows, PlaceArray]]  # the group's rows, and their places among all


@dataclass(frozen=True)
class Known:
    """What estimates of a log share."""

    marginals: Marginals
    category: PlaceArray  # (I,)
    doubt: str = ""  # what the whole log is in doubt for: "log" (a check failed), "fitted" (propensities)


@dataclass(frozen=True)
class Estimated:
    """The estimates of all candidates."""

    who: tuple[Who, ...]
    figures: tuple[Figure, ...]
    draws: FloatArray  # (figures, B)
    looks: FloatArray  # (3, K)
    groups: tuple[str, ...]


@dataclass(frozen=True)
class _Asked:
    """What is asked of one candidate."""

    who: Who
    asked: list[tuple[Asked, Figure]]
    lacking: list[Figure]


def rewards(log: Log) -> dict[str, FloatArray]:
    """(N,) what each rate counts; those that the log has none of are not there."""
    found = {"ctr": log.clicked.astype(np.float64), "ctcvr": log.purchased.astype(np.float64)}
    bought = log.purchased
    if bought.any() and np.isfinite(log.price[bought]).all():
        found["revenue"] = np.where(bought, np.nan_to_num(log.price), 0.0)
    return {name: reward for name, reward in found.items() if reward.any()}


def estimated(
    candidates: tuple[Candidate, ...], known: Known, settings: ClicksOf, report: Report
) -> Estimated:
    """Every estimator on every rate of every candidate; those on one log are drawn together."""
    logs = list({id(one.log): one.log for one in candidates}.values())
    who: list[Who] = []
    figures: list[Figure] = []
    draws: list[FloatArray] = []
    looks: list[FloatArray] = []
    names: tuple[str, ...] = ()
    for at, log in enumerate(logs):
        part = within(report, at / len(logs), (at + 1) / len(logs))
        own = [one for one in candidates if one.log is log]
        made = _on_one_log(own, log, known, settings, part)
        figures += [replace(one, who=one.who + len(who)) for one in made.figures]
        who += [replace(one, among=at) for one in made.who]
        draws.append(made.draws)
        looks.append(made.looks)
        names = names or made.groups
    return Estimated(tuple(who), tuple(figures), np.concatenate(draws), looks[0], names)


def _on_one_log(
    candidates: list[Candidate], log: Log, known: Known, settings: ClicksOf, report: Report
) -> Estimated:
    sums = examination.sums_of_people(log)
    looked = examination.curve(sums.sum(axis=0))
    happened = rewards(log)
    chosen = [estimator_of(name) for name in settings.estimators]
    models: dict[str, RewardModel] = {}
    if any({"model", "onward"} & set(one.needs) for one in chosen):
        models = {
            name: RewardModel.of(log, reward, looked, known.category) for name, reward in happened.items()
        }
    modelled = {name: model.of_log(log) for name, model in models.items()}
    groups = list(_groups(log, settings.by))

    def one_of(at: int) -> _Asked:
        """A candidate's estimates without their intervals."""
        one = candidates[at]
        base = replace(one.target.rows(log, known.marginals), examination=looked)
        base = replace(base, examined=base.examined_weight)
        done = _Asked(_who(one, log, base), [], [])
        weighed = [Weighed(*part(base), log.user) for _, part in groups]
        for name, reward in happened.items():
            by_model: dict[str, Any] = {}
            if name in models:
                expected = one.target.expected(log, models[name])
                by_model = dict(with_model(base, expected, modelled[name]))
            full = replace(base, reward=reward, **by_model)
            for group, (_, part) in enumerate(groups):
                rows = part(full)[0]
                for estimator in chosen:
                    if lacks := estimator.lacking(rows):
                        done.lacking.append(_lacking(at, name, estimator, group, lacks[0]))
                        continue
                    made = Asked.of_rows(estimator, rows, weighed[group], len(log.user_ids))
                    said = _figure(at, name, group, made.value, estimator, rows, weighed[group], known.doubt)
                    done.asked.append((made, said))
        return done

    report(0.0, f"Weighing impressions for {candidates[0].label}")
    parts: list[_Asked] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for at, part in enumerate(pool.map(one_of, range(len(candidates)))):
            report(0.5 * (at + 1) / len(candidates), f"Weighing impressions for {candidates[at].label}")
            parts.append(part)
    asked = [made for part in parts for made, _ in part.asked]
    found = [said for part in parts for _, said in part.asked]
    lacking = [figure for part in parts for figure in part.lacking]
    seed, many = settings.experiment.seed, settings.resamples
    drawn, curves = redrawn(asked, sums, seed, many, within(report, 0.5, 1.0))
    told = [_with_interval(figure, draws) for figure, draws in zip(found, drawn, strict=True)]
    more, more_draws = _per_click(told, drawn)
    return Estimated(
        tuple(part.who for part in parts),
        (*told, *more, *lacking),
        np.concatenate([drawn, more_draws, np.full((len(lacking), settings.resamples), np.nan)]),
        np.stack([looked, *np.percentile(curves, [2.5, 97.5], axis=0)]),
        tuple(name for name, _ in groups),
    )


def _groups(log: Log, by: By) -> Iterator[tuple[str, Part]]:
    """The groups of impressions, by name."""
    everything = np.arange(len(log.slate))
    if by.what == "position":
        for position in range(log.width):
            yield str(position + 1), _at_position(position, everything)
    elif by.what == "day":
        day, known = log.time // DAY, log.time > NEVER
        days = np.unique(day[known])
        if len(days) and days[-1] - days[0] >= MOST_DAYS:
            day = np.where(known, days[0] + (day - days[0]) // 7 * 7, day)
        for one in np.unique(day[known]).tolist():
            yield str(np.datetime64(one, "D")), _taken(np.flatnonzero(day == one))
    elif by.what == "segment" and by.user_ids is not None and by.labels is not None and len(by.user_ids):
        at = np.minimum(np.searchsorted(by.user_ids, log.user_ids), len(by.user_ids) - 1)
        label = np.where(by.user_ids[at] == log.user_ids, by.labels[at], -1)[log.user]
        for one, name in enumerate(by.names):
            yield name, _taken(np.flatnonzero(label == one))
    else:
        yield "", lambda rows: (rows, everything)


def _at_position(position: int, everything: PlaceArray) -> Part:
    return lambda rows: (rows.at_position(position), everything)


def _taken(at: PlaceArray) -> Part:
    return lambda rows: (rows.part(at), at)


def _who(one: Candidate, log: Log, rows: Rows) -> Who:
    return Who(
        one.name,
        one.label,
        one.spec,
        one.kind,
        len(log.user_ids),
        log.slates,
        int(rows.counted.sum()),
        len(rows.hits),
        0,
    )


def _lacking(who: int, metric: str, estimator: Estimator, group: int, lacks: str) -> Figure:
    refused = Verdict("refused", "lacks", 1.0)
    return Figure(who, metric, estimator.name, NO_ESTIMATE, NO_SUPPORT, refused, group, lacks)


def _figure(
    who: int,
    metric: str,
    group: int,
    value: float,
    estimator: Estimator,
    rows: Rows,
    weighed: Weighed,
    doubt: str,
) -> Figure:
    """Without its interval yet."""
    support = support_of(estimator, rows, weighed)
    estimate = Estimate(value, float("nan"), float("nan"), weighed.people)
    return Figure(who, metric, estimator.name, estimate, support, verdict(support, value, doubt), group)


def _with_interval(figure: Figure, draws: FloatArray) -> Figure:
    one, held = figure.estimate, expanded(draws, figure.support.observed)
    most = np.inf if figure.metric == "revenue" else 1.0  # of what is counted; revenue has no end
    ends = min(max(held.low, 0.0), one.mean), max(min(held.high, most), one.mean)
    return replace(figure, estimate=replace(one, low=ends[0], high=ends[1]))


def _per_click(made: list[Figure], drawn: FloatArray) -> tuple[list[Figure], FloatArray]:
    """CVR = CTCVR / CTR of one estimator, draw by draw; it rests on the purchases."""
    at = {(one.who, one.metric, one.estimator, one.group): row for row, one in enumerate(made)}
    found, draws = [], [np.empty((0, drawn.shape[1]))]
    for (who, metric, estimator, group), row in at.items():
        below = at.get((who, "ctr", estimator, group))
        if metric != "ctcvr" or below is None:
            continue
        with np.errstate(invalid="ignore", divide="ignore"):
            ratios = drawn[row] / drawn[below]
            value = np.float64(made[row].estimate.mean) / made[below].estimate.mean
        judged = of_ratio(made[row].verdict, made[below].verdict, made[row].support.observed)
        one = replace(made[row].estimate, mean=float(value))
        told = replace(made[row], metric="cvr", verdict=judged, estimate=one)
        found.append(_with_interval(told, ratios))
        draws.append(ratios[None])
    return found, np.concatenate(draws)
