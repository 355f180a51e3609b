"""Whether who leads depends on the split and the seed: the same comparison under others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.data.splits import split_of
from core.evaluation.comparison import Comparison, verdict
from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check
from core.evaluation.uncertainty import Estimate
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, within
from core.work.steps import step

SEEDS = (1, 2)
SPLITS = ("by_time(test=0.2)", "by_time(test=0.1)", "random(test=0.2)", "leave_last(n=1)")
NAME = "order under other splits and seeds"


@artifact
@dataclass(frozen=True)
class Steady:
    """Which comparison, by which metric, and under what else it is repeated."""

    experiment: Experiment
    metric: str
    k: int
    seeds: tuple[int, ...] = SEEDS
    splits: tuple[str, ...] = SPLITS


@artifact
@dataclass(frozen=True)
class Repeat:
    """The comparison under one split and seed: an estimate of each recommender, or why there is none."""

    split: str
    seed: int
    estimates: tuple[Estimate, ...]  # R; () where it could not be made
    leader: int = -1  # the row that leads, by the verdict of this repeat; -1 without a value
    reason: str = ""


@artifact
@dataclass(frozen=True)
class Steadiness:
    """Repeats of a comparison, the first as it was; `flips`: pairs that another repeat tells apart the other
    way round."""

    specs: tuple[str, ...]  # R
    labels: tuple[str, ...]  # R
    repeats: tuple[Repeat, ...]
    flips: tuple[tuple[int, int, int], ...]  # (row, row, repeat): ahead at first, behind in that repeat
    told: int  # pairs that the first tells apart

    @property
    def done(self) -> tuple[Repeat, ...]:
        """Those that could be made."""
        return tuple(one for one in self.repeats if one.estimates)

    @property
    def spread(self) -> tuple[tuple[float, float], ...]:
        """For each recommender the lowest and the highest mean over the repeats."""
        table = np.array([[one.mean for one in repeat.estimates] for repeat in self.done])
        ends = zip(np.fmin.reduce(table), np.fmax.reduce(table), strict=True)
        return tuple((float(low), float(high)) for low, high in ends)

    @property
    def leads(self) -> tuple[int, ...]:
        """For each recommender in how many repeats it leads."""
        led = [repeat.leader for repeat in self.done if repeat.leader >= 0]
        return tuple(int(count) for count in np.bincount(led, minlength=len(self.specs)))


def others(experiment: Experiment, seeds: Sequence[int], splits: Sequence[str]) -> list[tuple[str, int]]:
    """The (split, seed) of every repeat: its own first, then its split by other seeds, then other splits."""
    own = (split_of(experiment.split or "").spec, experiment.seed)
    asked = [own, *((own[0], seed) for seed in seeds), *((split_of(one).spec, own[1]) for one in splits)]
    return list(dict.fromkeys(asked))


@step(version=1, called="Other splits and seeds")
def steadiness(dataset: Dataset, *, settings: Steady, report: Report) -> Steadiness:
    """The comparison repeated under other splits and seeds, all recommenders fit again.

    A seed decides ties, draws, random splits and fits that are not exact. A split that does not fit the
    data is named with its reason. Ready-made lists were made for one split, and are left out. Raises BadInput
    where files already say what is held out or what is ranked, or where the comparison itself can't be made.
    """
    from core.evaluation.protocol import compared

    experiment = settings.experiment.model_copy(update={"recommendations": {}})
    if experiment.candidates or not experiment.recommenders:
        raise BadInput(
            "Files say what is ranked for whom, and they were made for this split.",
            "recommenders that rank all items.",
            "compare without candidates, and with recommenders beside ready-made lists.",
        )
    if (experiment.split or "").startswith("given"):
        raise BadInput(
            "The files say what is held out, so there is no other split.",
            "one log that is split here.",
            "choose a split on Data, or load the log as a whole.",
        )
    asked = others(experiment, settings.seeds, settings.splits)
    repeats: list[Repeat] = []
    found: list[Comparison] = []
    for at, (split, seed) in enumerate(asked):
        part = within(report, at / len(asked), (at + 1) / len(asked))
        changed = experiment.model_copy(update={"split": split, "seed": seed})
        try:
            one = compared(dataset, changed.on(dataset), part)
        except BadInput as error:
            if not at:
                raise
            repeats.append(Repeat(split, seed, (), reason=str(error)))
            continue
        column = one.column(settings.metric, settings.k)
        specs = [entry.spec for entry in one.entries]
        if found and specs != [entry.spec for entry in found[0].entries]:
            failed = "; ".join(failure.message for failure in one.failures)
            repeats.append(Repeat(split, seed, (), reason=failed))
            continue
        found.append(one)
        leader = verdict(one, column).leader
        made = tuple(row[column] for row in one.estimates)
        repeats.append(Repeat(split, seed, made, leader if made[leader].n else -1))
    first = found[0]
    kept = [at for at, repeat in enumerate(repeats) if repeat.estimates]
    return Steadiness(
        tuple(entry.spec for entry in first.entries),
        tuple(entry.label for entry in first.entries),
        tuple(repeats),
        tuple(_flips(found, kept, settings)),
        sum(pair.settled for pair in first.differences(first.column(settings.metric, settings.k))),
    )


def _flips(found: Sequence[Comparison], kept: Sequence[int], settings: Steady) -> list[tuple[int, int, int]]:
    """Pairs that the first tells apart one way and a repeat the other way."""
    signs = []
    for one in found:
        column = one.column(settings.metric, settings.k)
        sign = -1 if one.fewer_is_better(column) else 1
        signs.append(
            {
                (pair.first, pair.second): sign * int(np.sign(pair.estimate.mean)) if pair.settled else 0
                for pair in one.differences(column)
            }
        )
    return [
        (*((a, b) if ahead > 0 else (b, a)), kept[at])
        for at, repeat in enumerate(signs)
        for (a, b), ahead in signs[0].items()
        if at and ahead * repeat.get((a, b), 0) < 0
    ]


def check(found: Steadiness | None) -> Check:
    """The line of integrity: whether other splits and seeds were tried, and whether the order holds."""
    if found is None:
        return Check(NAME, "warning", "not tried: one split and one seed were")
    done = found.done
    if len(done) < 2:
        return Check(NAME, "warning", "no other split or seed could be tried")
    if not found.told:
        return Check(NAME, "warning", f"{len(done):,} tried: nobody is told apart here, so there is no order")
    if not found.flips:
        detail = f"{len(done):,} tried: nobody who is told apart changes places"
        return Check(NAME, "ok", detail)
    pairs = {(ahead, behind) for ahead, behind, _ in found.flips}
    names = ", ".join(f"{found.labels[ahead]} – {found.labels[behind]}" for ahead, behind in sorted(pairs))
    return Check(
        NAME, "warning", f"{names}: change places under another split or seed; {len(done):,} were tried"
    )
