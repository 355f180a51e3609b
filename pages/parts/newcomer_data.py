"""What the Newcomer page stands on: the strategies, their lists, and how they were measured."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from core.content.texts import Content
from core.content.vocabulary import Vocabulary
from core.content.wishes import Wishes
from core.data.dataset import Dataset
from core.evaluation.experiment import PAGE_K
from core.evaluation.newcomer_lists import DetailsNow, Positives, details_now
from core.evaluation.newcomers import METRICS, READ_NO_LIKES, Newcomers, NewPeople, newcomers
from core.recommenders.base import recommender_of
from core.recommenders.fitting import fitting
from core.work.steps import Step
from pages.parts import content_data, job_panel, palette, session
from pages.parts.palette import Style
from pages.parts.words import said

R = TypeVar("R")
FOLD_IN = ("item_knn", "ease")  # where nothing that reads likes is selected


@dataclass(frozen=True)
class Got(Generic[R]):
    """A result, or None while it is worked out; and why it can't be given, where it failed."""

    result: R | None
    why: str = ""


@dataclass(frozen=True)
class Meant:
    """What a sentence means, read or corrected, in the words of the catalogue."""

    words: Vocabulary
    wishes: Wishes


@dataclass(frozen=True)
class Said:
    """What is filled in of a newcomer."""

    details: dict[str, str]  # column → value, those that were said
    likes: tuple[str, ...]
    sentence: str
    learnt: DetailsNow | None = None  # what details tell, once it is worked out
    content: Content | None = None  # what items say, once it is read
    meant: Meant | None = None  # what the sentence means, once it is read


@dataclass(frozen=True)
class Measured:
    """The measurement as far as it is; or why there is none."""

    newcomers: Newcomers | None
    why: str = ""  # "" while it is worked out
    rest: NewPeople | None = None  # what is still to be measured, with sentences


def positive(found: Dataset) -> str:
    """What counts as a like in this state."""
    return content_data.part(found).positive


def fold_in() -> tuple[str, ...]:
    """Specs of the selected recommenders that read a few likes."""
    chosen = [spec for spec in session.state().recommenders if spec.partition("(")[0] not in READ_NO_LIKES]
    return tuple(chosen) or FOLD_IN


def looks() -> dict[str, Style]:
    """Colour and marker of every recommender on the page, as on all others."""
    specs = dict.fromkeys([*session.state().recommenders, "popularity", "by_details", *fold_in()])
    return palette.styles(list(specs))


def metric() -> str:
    """The metric of the state where it is measured here, else NDCG."""
    chosen = session.state().metric
    return chosen if chosen in METRICS else "ndcg"


def got(step: Step[R], *inputs: Any, settings: Any = None, key: str) -> Got[R]:
    """A step's result: its progress stands here while it is worked out, and nothing where it failed."""
    job = job_panel.desk().find(step, *inputs, settings=settings) or job_panel.desk().start(
        step, *inputs, settings=settings
    )
    job.wait(job_panel.GLANCE)
    status = job.status()
    if status.state == "failed":
        return Got(None, said(status.error))
    return Got(job_panel.peek(step, *inputs, settings=settings, key=key))


def details(found: Dataset) -> Got[DetailsNow]:
    """What details of people tell, and why they can't where they can't."""
    if found.users.empty:
        return Got(None)
    return got(details_now, found, settings=Positives(positive(found)), key="newcomer_details")


def measured(found: Dataset) -> Measured:
    """How the strategies fare: without sentences first, since what items say takes long to encode."""
    asked = asked_of(found, sentences=True)
    if job_panel.ready(newcomers, found, settings=asked):
        whole = got(newcomers, found, settings=asked, key="newcomers")
        if whole.result is not None or whole.why:
            return Measured(whole.result, whole.why)
    job = job_panel.desk().find(newcomers, found, settings=asked_of(found, sentences=False))
    if job is None:
        job = job_panel.desk().start(newcomers, found, settings=asked_of(found, sentences=False))
    job.wait(job_panel.SOON)
    status = job.status()
    if status.state == "failed":
        return Measured(None, said(status.error))
    if status.state == "done":
        return Measured(job.result(), rest=asked)
    return Measured(None)


def asked_of(found: Dataset, sentences: bool) -> NewPeople:
    """What is measured for this state; searches are read by rules: looking at a page buys nothing."""
    fits = tuple(fitting(recommender_of(spec)) for spec in fold_in())
    k = tuple(sorted({*PAGE_K, session.state().k}))
    return NewPeople(fits, positive(found), sentences=sentences, k=k)
