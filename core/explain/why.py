"""Why these items for this person: the model's own reasons, or estimates that say that they are."""

from dataclasses import dataclass

from core.data.dataset import Dataset
from core.data.folds import Train
from core.evaluation.discreet import discreet
from core.evaluation.experiment import Experiment
from core.explain.asked import fitted_scorer, given, place_of
from core.recommenders.apart import ask
from core.recommenders.base import recommender_of
from core.recommenders.leaving_out import reasons_of
from core.recommenders.reason import Part, Reason
from core.work.artifacts import artifact
from core.work.report import Report, within
from core.work.steps import step

STRONGEST = 6


@artifact
@dataclass(frozen=True)
class Question:
    """Whose list, of which recommender, in which experiment."""

    experiment: Experiment
    spec: str
    user: str


@artifact
@dataclass(frozen=True)
class Named:
    """A part of a reason: an item or a person by id, or something by its name, and what it adds."""

    name: str
    weight: float
    share: float  # of all that adds to the score, 0 to 1


@artifact
@dataclass(frozen=True)
class Strongest:
    """The parts of a reason that a person can take in, and what the others come to."""

    parts: tuple[Named, ...]  # the strongest first
    others: int  # how many more add something
    rest: float  # what those add together
    against: float  # what the parts that speak against it take away, 0 or less


@artifact
@dataclass(frozen=True)
class Why:
    """Why one item has its score."""

    item: str
    reason: Reason  # whole, by indices of the training part
    ways: tuple[Strongest, ...]  # of the reason and of each of reason.also: ids and names


@artifact
@dataclass(frozen=True)
class Answer:
    """The reasons for a list, in the order of the items that were asked about."""

    reasons: tuple[Why, ...]
    history: int  # how many items the model was given


@step(version=2)
def why(dataset: Dataset, items: tuple[str, ...], *, settings: Question, report: Report) -> Answer:
    """Say why these items are in a person's list.

    The scorer is that of the comparison, so the weights of an exact reason sum to the list's score.
    Raises BadInput for a person or an item that is not in the test part.
    """
    report(0.0, "Splitting")
    person = given(dataset, settings.experiment.on(dataset), settings.user)
    train = person.fold.train
    scorer = fitted_scorer(person.fold, settings.spec, within(report, 0.2, 0.8))
    places = [place_of(train.item_ids, item) for item in items]
    history = person.history(scorer)
    report(0.8, "Asking the model")
    recommender, personal = recommender_of(settings.spec), dataset.origin.personal
    asked = ask(recommender, reasons_of, scorer, history, person.users, settings=tuple(places))
    found = [discreet(reason, recommender, personal) for reason in asked]

    made = [
        Why(item, reason, tuple(_strongest(one, train) for one in (reason, *reason.also)))
        for item, reason in zip(items, found, strict=True)
    ]
    return Answer(tuple(made), int(history.nnz))


def _strongest(reason: Reason, train: Train) -> Strongest:
    adds = sum(part.weight for part in reason.adds)
    others = reason.adds[STRONGEST:]
    return Strongest(
        parts=tuple(
            Named(_name(part, reason, train), part.weight, part.weight / adds)
            for part in reason.adds[:STRONGEST]
        ),
        others=len(others),
        rest=float(sum(part.weight for part in others)),
        against=float(sum(part.weight for part in reason.parts if part.weight < 0)),
    )


def _name(part: Part, reason: Reason, train: Train) -> str:
    if part.at < 0:
        return part.name
    return str((train.user_ids if reason.kind == "people" else train.item_ids)[part.at])
