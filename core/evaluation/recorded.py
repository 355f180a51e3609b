"""A run as it was recorded: its experiment, its figures, and under which key its comparison may be kept."""

from dataclasses import asdict, dataclass
from math import nan
from typing import TYPE_CHECKING, Any

from core.data.upload import is_upload
from core.evaluation.experiment import Experiment, experiment_of
from core.evaluation.metric import metrics
from core.evaluation.protocol import compare
from core.evaluation.record import SCHEMA
from core.evaluation.uncertainty import Estimate
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.lineage import Lineage

if TYPE_CHECKING:
    from core.work.runs import Run

LEADS_BY = ("ndcg", 10)  # the metric and cut-off of a run's leading result, where it has them


@artifact
@dataclass(frozen=True)
class Recorded:
    """A run as steps take it: its experiment, and what it descends from."""

    run: int
    experiment: Experiment
    data: str  # fingerprint of the data set
    prints: tuple[str, ...]  # fingerprints and marks of its data
    figures: str  # SHA-256 of its figures; "" where they can't be read

    @property
    def lineage(self) -> Lineage:
        """What results that are made from it descend from."""
        return frozenset(self.prints)

    @property
    def key(self) -> str:
        """Under which its comparison is kept, where the store still has it."""
        return compare.key([fingerprint(_Data(self.data))], self.experiment)


@dataclass(frozen=True)
class _Data:
    """A data set that is not loaded: steps know it by its fingerprint."""

    fingerprint: str


@dataclass(frozen=True)
class Figure:
    """One number of a run: a recommender's metric with its interval, NaN where it is not defined."""

    recommender: str  # as the record names it: its name, its spec where that occurs twice, or its lists' name
    metric: str
    variant: str
    k: int
    estimate: Estimate

    @property
    def column(self) -> tuple[str, str, int]:
        """Metric, variant and cut-off."""
        return self.metric, self.variant, self.k


def recorded(run: "Run") -> Recorded:
    """A run in the form that steps take; raises BadInput where its record can't be understood."""
    experiment = experiment_of(run.experiment)
    prints = tuple(sorted(run.fingerprints))
    return Recorded(run.id, experiment, experiment.fingerprint, prints, figures_print(run.summary))


def figures_print(summary: dict[str, Any]) -> str:
    """SHA-256 of the numbers in what `comparison_json` wrote; "" where they can't be read."""
    try:
        return fingerprint(figures_of(summary, 0))
    except BadInput:
        return ""


def figures(run: "Run") -> tuple[Figure, ...]:
    """Every number of a run, recommender by recommender; raises BadInput where a newer version wrote them."""
    return figures_of(run.summary, run.id)


def figures_of(summary: dict[str, Any], run: int, only: str = "") -> tuple[Figure, ...]:
    """The numbers in what `comparison_json` wrote, or of one metric; raises BadInput that names the run."""
    if summary.get("schema") != SCHEMA:
        raise BadInput(
            f"The results of run {run} have schema {str(summary.get('schema'))[:20]!r}.",
            f"schema {SCHEMA}.",
            "use the version of Touchstone that wrote it.",
        )
    try:
        return figures_in(summary, only)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(
            f"The results of run {run} are damaged.",
            "recommenders with their metrics.",
            "run its experiment again.",
        ) from error


def figures_in(summary: dict[str, Any], only: str = "") -> tuple[Figure, ...]:
    """The numbers in what `comparison_json` wrote, or of one metric; KeyError, TypeError or ValueError."""
    return tuple(
        Figure(
            str(one["recommender"]),
            str(metric["name"]),
            str(metric["variant"]),
            int(metric["k"]),
            _estimate(metric),
        )
        for one in summary["results"]
        for metric in one["metrics"]
        if only in ("", metric["name"])
    )


def beside_data(content: str) -> list[str]:
    """Of an experiment's content: hashes of the files beside the data, and of language models."""
    return content.split("-")[1:]


def _estimate(metric: dict[str, Any]) -> Estimate:
    mean, low, high = (nan if metric[end] is None else float(metric[end]) for end in ("mean", "low", "high"))
    return Estimate(mean, low, high, int(metric["n"]))


def leading(run: "Run") -> Figure | None:
    """The best mean of a run by NDCG@10, else by NDCG or its first metric at the first cut-off.

    None where nothing is known. It says who has the best mean, not that the others are told apart from it.
    """
    try:
        found = _defined(figures_of(run.summary, run.id, LEADS_BY[0])) or _defined(figures(run))
    except BadInput:
        return None
    if not found:
        return None
    wanted = (LEADS_BY[0], "standard", LEADS_BY[1])
    column = wanted if any(one.column == wanted for one in found) else found[0].column
    most = max(one.estimate.n for one in found if one.column == column)
    # One that was asked about fewer people has a mean of other people.
    rows = [one for one in found if one.column == column and one.estimate.n == most]
    declared = metrics().get(column[:2])
    sign = -1 if declared is not None and declared.better == "lower" else 1
    return max(rows, key=lambda one: sign * one.estimate.mean)


def _defined(found: tuple[Figure, ...]) -> list[Figure]:
    return [one for one in found if one.variant == "standard" and one.estimate.n]


def uploads(run: "Run") -> frozenset[str]:
    """Addresses of uploaded files that a run was made from: who does not know them must not learn them."""
    found = run.experiment
    lists = found.get("recommendations")
    named = [*found.values(), *(lists.values() if isinstance(lists, dict) else ())]
    return frozenset(one for one in named if isinstance(one, str) and is_upload(one))


def run_json(run: "Run") -> dict[str, Any]:
    """What the command line says of a run."""
    best = leading(run)
    return {
        "id": run.id,
        "created": run.created.isoformat(),
        "name": run.title,
        "note": run.note,
        "pinned": run.pinned,
        "dataset": {"name": run.name, "fingerprint": run.experiment.get("fingerprint", "")},
        "experiment": run.experiment,
        "engine": run.engine,
        "threads": run.threads,
        "version": run.version,
        "libraries": run.libraries,
        "seconds": run.seconds,
        "leading": None if best is None else _figure_json(best),
    }


def _figure_json(one: Figure) -> dict[str, Any]:
    about = {"recommender": one.recommender, "metric": one.metric, "variant": one.variant, "k": one.k}
    return about | asdict(one.estimate)
