"""What a fit will take on this machine, said before it starts; beyond the limits it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.data.folds import Train
from core.recommenders.base import RECOMMENDERS, Recommender, parts_in
from core.recommenders.demand import Demand, Kind, Size, size_of, total
from core.recommenders.speeds import SLOWEST, Speeds, calibrated, machine, threads
from core.work.artifacts import artifact
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.here import desk_or_none
from core.work.report import silent
from core.work.settings import settings

Verdict = Literal["fits", "memory", "time"]
LEAST = 100  # people of a sample that is worth comparing on
_LIST_BYTES = 32 * 1024 * 1024  # of the scores of one block of people
_LIST_STEPS = 3.0  # of a loop for each score: masked, and compared with the best so far


@artifact
@dataclass(frozen=True)
class Forecast:
    """What fitting and making everyone's lists will take, and whether the limits allow it."""

    fit_seconds: float
    score_seconds: float
    bytes: float  # at the peak, beside the data
    verdict: Verdict

    @property
    def seconds(self) -> float:
        """Fitting and making lists together."""
        return self.fit_seconds + self.score_seconds


def demand_of(recommender: Recommender, size: Size) -> Demand | None:
    """What a recommender says that it takes, its parts included; where it does not say, what its parts take.

    None where neither is known, as of plug-ins.
    """
    own, inside = recommender.demand(size), parts_in(recommender)
    if own is not None or not inside:
        return own
    found = [demand_of(one, size) for one in inside]
    known = [one for one in found if one is not None]
    return total(known) if len(known) == len(found) else None


def forecast(recommender: Recommender, size: Size, speeds: Speeds) -> Forecast | None:
    """The forecast on data of a size; None where its demand is not known."""
    demand = demand_of(recommender, size)
    if demand is None:
        return None
    lists: dict[Kind, float] = {"loop": _LIST_STEPS * size.users * size.items}
    fit = _seconds(demand.fit, speeds)
    score = (_seconds(demand.score, speeds) + _seconds(lists, speeds)) / threads()
    memory = demand.bytes + threads() * min(_LIST_BYTES, 4.0 * size.users * size.items)
    verdict: Verdict = "fits"
    if memory > settings().memory_gb * 1e9:
        verdict = "memory"
    elif fit + score > settings().fit_seconds:
        verdict = "time"
    return Forecast(fit, score, memory, verdict)


def _seconds(operations: Mapping[Kind, float], speeds: Speeds) -> float:
    return sum(many / speeds.of(kind) for kind, many in operations.items())


def here(desk: Desk | None) -> Speeds:
    """The speeds of this machine: as a desk keeps them; without one, measured now."""
    if desk is None:
        return calibrated(settings=machine(), report=silent)
    return desk.run(calibrated, settings=machine())


def allow(recommender: Recommender, train: Train, desk: Desk | None = None) -> None:
    """Raises BadInput where a fit on a training part is forecast to go beyond the limits.

    Speeds are kept at the desk, by default at that of the step that asks.
    """
    size = size_of(train)
    surely = forecast(recommender, size, SLOWEST)
    if surely is None or surely.verdict == "fits":  # also on the slowest machine: nothing to measure
        return
    speeds = here(desk or desk_or_none())
    found = forecast(recommender, size, speeds)
    if found is not None and found.verdict != "fits":
        raise refusal(recommender, found, size, speeds)


def refusal(recommender: Recommender, found: Forecast, size: Size, speeds: Speeds) -> BadInput:
    """Why a forecast beyond the limits is refused, with what would be allowed."""
    limits = settings()
    if found.verdict == "memory":
        much, most = f"{found.bytes / 1e9:,.1f} GB", f"{limits.memory_gb:g} GB"
        setting = "TOUCHSTONE_MEMORY_GB"
    else:
        much, most = f"{found.seconds:,.0f} seconds", f"{limits.fit_seconds:,.0f} seconds"
        setting = "TOUCHSTONE_FIT_SECONDS"
    return BadInput(
        f"{recommender.label}: the forecast for {size.users:,} people and {size.items:,} items is {much}.",
        f"at most {most}.",
        f"{alternative(recommender, size, speeds)}, or raise {setting}.",
    )


def alternative(recommender: Recommender, size: Size, speeds: Speeds) -> str:
    """What would be allowed instead: a part of the people; where items are too many, less of them."""
    people = people_that_fit(recommender, size, speeds)
    if people:
        return f"compare on {people:,} people (--people {people})"
    other = RECOMMENDERS.all().get("item_knn")
    if other is not None and not isinstance(recommender, other):
        instead = forecast(other(), size, speeds)
        if instead is not None and instead.verdict == "fits":
            return "choose item_knn, or leave out rare items (--min-item)"
    return "leave out rare items (--min-item)"


def people_that_fit(recommender: Recommender, size: Size, speeds: Speeds) -> int:
    """The most people, to two digits, whose data are forecast to fit; 0 where fewer don't help."""

    def fits(many: int) -> bool:
        found = forecast(recommender, size.of_people(many), speeds)
        return found is not None and found.verdict == "fits"

    low, high = LEAST, size.users
    if high <= low or not fits(low):
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    digits = 10 ** max(len(str(low)) - 2, 0)
    return low // digits * digits
