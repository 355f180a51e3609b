"""What is asked of a log, and what it answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from core.data.dataset import Did
from core.evaluation.comparison import Failure
from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.gate import Support, Verdict
from core.evaluation.uncertainty import RESAMPLES, Difference, Estimate, gap_of, holm
from core.types import FloatArray, PlaceArray, TextArray
from core.work.artifacts import artifact

SHOWN = ("pbm", "snips", "dr", "dm")  # what pages show first; the rest is under "more"
RATES = ("ctr", "ctcvr", "cvr", "revenue")  # per impression; cvr per click


@artifact
@dataclass(frozen=True)
class By:
    """Into which groups impressions are divided: positions of the list, days of the log, or segments."""

    what: Literal["", "position", "day", "segment"] = ""
    user_ids: TextArray | None = None  # (T,) sorted, for segments
    labels: PlaceArray | None = None  # (T,) the segment of each; -1 = none
    names: tuple[str, ...] = ()  # of segments


WHOLE = By()


@artifact
@dataclass(frozen=True)
class ClicksOf:
    """What is asked of a log."""

    experiment: Experiment  # resolved
    k: int  # lists are cut at it, and at the longest page
    estimators: tuple[str, ...] = SHOWN
    resamples: int = RESAMPLES
    by: By = WHOLE
    fit: bool = False  # propensities that a log lacks are fitted
    window: float = 0.0  # days within which a purchase counts for a click before it; 0 = as logged


def asked_of(
    experiment: Experiment,
    k: int,
    estimators: tuple[str, ...] = SHOWN,
    resamples: int = RESAMPLES,
    by: By = WHOLE,
    fit: bool = False,
    window: float = 0.0,
) -> ClicksOf:
    """The question under which clicks are kept: metrics and cut-offs of an experiment change nothing."""
    plain = {name: Experiment.model_fields[name].default for name in ("metrics", "k")}
    return ClicksOf(experiment.model_copy(update=plain), k, estimators, resamples, by, fit, window)


@artifact
@dataclass(frozen=True)
class Who:
    """Whose rates: a recommender's lists, ready-made ones, or a policy of the log."""

    name: str
    label: str
    spec: str
    kind: str  # lists | policy
    people: int
    slates: int
    impressions: int  # that its own pages would have had
    matches: int  # impressions of the log that show what it shows, at any position
    among: int  # who has the same number was estimated over the same people


@artifact
@dataclass(frozen=True)
class Figure:
    """One estimate of one rate."""

    who: int  # place in `Clicks.who`
    metric: str
    estimator: str
    estimate: Estimate  # n = people; NaN throughout where nothing was estimated
    support: Support
    verdict: Verdict
    group: int = 0  # place in `Clicks.groups`
    lacks: str = ""  # what the log lacks for this estimator; then nothing was estimated


@artifact
@dataclass(frozen=True)
class Clicks:
    """What a log says of lists that were never shown."""

    who: tuple[Who, ...]
    figures: tuple[Figure, ...]
    draws: FloatArray  # (figures, B)
    health: tuple[Check, ...]
    failures: tuple[Failure, ...]
    user_ids: TextArray  # people of the slates that were used
    slates: int
    impressions: int
    k: int
    looks: FloatArray  # (3, K) examination: estimate, low, high
    left_out: tuple[Did, ...]
    groups: tuple[str, ...]  # ("",) where impressions are not divided
    fitted: bool  # whether propensities were fitted, not logged
    steady: bool  # whether chances at other positions could be taken from other impressions
    unmeasured: str = ""  # why nothing can be estimated: a key of `WHY_NOT`

    def figure(self, spec: str, metric: str, estimator: str, group: int = 0) -> Figure | None:
        """One figure by the spec of its recommender."""
        return self._by_spec.get((spec, metric, estimator, group))

    @cached_property
    def _by_spec(self) -> dict[tuple[str, str, str, int], Figure]:
        return {(self.who[one.who].spec, one.metric, one.estimator, one.group): one for one in self.figures}

    def differences(self, metric: str, estimator: str, group: int = 0) -> list[Difference]:
        """Paired differences between all that were not refused, by places in `who`; Holm-corrected."""
        at = [
            row
            for row, one in enumerate(self.figures)
            if (one.metric, one.estimator, one.group) == (metric, estimator, group)
            and not one.lacks
            and one.verdict.grade != "refused"
        ]
        pairs = [
            (a, b)
            for place, a in enumerate(at)
            for b in at[place + 1 :]
            if self._who(a).among == self._who(b).among
        ]
        made = [
            gap_of(self._value(a) - self._value(b), self.draws[a] - self.draws[b], self._who(a).people)
            for a, b in pairs
        ]
        adjusted = holm([p for _, p in made])
        return [
            Difference(self.figures[a].who, self.figures[b].who, gap, p)
            for (a, b), (gap, _), p in zip(pairs, made, adjusted, strict=True)
        ]

    def _who(self, row: int) -> Who:
        return self.who[self.figures[row].who]

    def _value(self, row: int) -> float:
        return self.figures[row].estimate.mean


WHY_NOT = {
    "no impressions": "The data has no impressions. To log: each item shown, its position, its propensity,"
    " whether it was clicked and purchased.",
    "no propensities": "The impressions have no propensities: what the log got is known, not what other lists"
    " would have got. To log: the probability of showing each item at its position.",
    "young": "Every page is younger than the window in which purchases count. Choose a shorter one.",
    "no chance": "The log chose without chance: what it did not show is not known. To log: pages that are"
    " drawn with some chance, and that chance.",
    "fitted": "The impressions have no propensities, and fitted ones may be wrong: the log chooses by person"
    " or by time, or it can't be told. To log: the probability of showing each item at its position.",
    "no clicks": "Nothing in the log was clicked. To log: clicked, for each impression.",
    "split": "The split has no moment, so lists could have learnt from the clicks that they would be judged"
    " by. Use by_time or unseen_users.",
    "no times": "The impressions have no time: which pages were shown after the split's moment can't be told."
    " To log: timestamp, for each impression.",
    "no slates": "No page was shown after the split's moment. Log on, or hold out more.",
    "nobody": "Nobody has a history to learn from, and the log has one policy only. Give the log of a second"
    " policy, or interactions.",
    "nothing took part": "None of what is compared could take part.",
}
