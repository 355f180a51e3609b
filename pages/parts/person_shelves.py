"""One list as titled rows, by what speaks for its items."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.data.dataset import Dataset
from core.evaluation import person
from core.evaluation.comparison import Comparison
from core.evaluation.people import Place
from core.explain.shelves import Known, shelves
from core.explain.why import Question, why
from pages.parts import job_panel, person_reason, written

DEEDS = ("finish", "purchase", "read", "accept", "rating")  # that a title names, the strongest first


@dataclass(frozen=True)
class Row:
    """A title and the places under it."""

    title: str
    places: tuple[Place, ...]


def rows(found: Dataset, comparison: Comparison, entry: int, user: str, places: Sequence[Place]) -> list[Row]:
    """The rows of a list that a recommender made; [] while its reasons are worked out."""
    items = tuple(place.item for place in places)
    question = Question(comparison.experiment, comparison.entries[entry].spec, user)
    answer = job_panel.peek(why, found, items, settings=question, key=f"shelves_{entry}")
    if answer is None:
        return []
    known = Known(
        person_reason.titles_of(found, answer),
        {str(item): str(name) for item, name in found.items["category"].reindex(items).dropna().items()},
        _deeds(found, user, comparison.time),
    )
    made = shelves(answer.reasons, known)
    titles = written.texts(found, [one.draft for one in made], f"shelves_{entry}")
    written.label(titles, f"shelves_{entry}")
    return [
        Row(written.said(text), tuple(places[at] for at in one.places))
        for one, text in zip(made, titles.texts, strict=True)
    ]


def _deeds(found: Dataset, user: str, before: int | None) -> dict[str, str]:
    """The strongest thing that a person did with each item before the split, where a title names it."""
    rows = person.history(found, user, before)
    rows = rows[~rows["later"] & rows["kind"].isin(DEEDS)]
    order = rows.assign(strong=rows["kind"].map(DEEDS.index)).sort_values("strong", kind="stable")
    return dict(order.drop_duplicates("item")[["item", "kind"]].itertuples(index=False, name=None))
