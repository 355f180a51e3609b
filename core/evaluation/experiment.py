"""The Experiment: everything that determines the numbers, as one frozen model."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from core.data.cleaning import steps_off
from core.data.database import is_address
from core.data.dataset import Dataset
from core.data.events_named import events_of
from core.data.folds import Seen
from core.data.load import Source, source_fingerprint
from core.data.mapping import mapping_of
from core.data.secrets import hidden
from core.data.splits import default_split, split_of
from core.evaluation.evidence.block import unwrapped
from core.evaluation.metric import metrics_named
from core.recommenders.base import Recommender, recommender_of, with_parts
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint

K_MOST = 1_000
DEFAULT_RECOMMENDERS = ("popularity", "item_knn", "ease")
DEFAULT_METRICS = ("precision", "recall", "ndcg")
DEFAULT_K = (10, 20)
PAGE_K = (5, 10, 20)  # pages ask for these at once, and for every metric: switching computes nothing

Cutoff = Annotated[int, Field(ge=1, le=K_MOST)]
Spec = Annotated[str, Field(min_length=1, max_length=2_000)]
Said = Annotated[str, Field(max_length=5_000)]
Query = Annotated[str, Field(max_length=20_000)]


@artifact
class Experiment(BaseModel):
    """What is compared, on what, and how. The same Experiment gives the same numbers everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    version: Literal[1] = Field(1, alias="schema")
    data: str = Field("", description="Path of the data set, or the name of a sample")
    train: str = Field("", description="File of training interactions, with `test`")
    test: str = Field("", description="File of held-out interactions")
    items: str = Field("", description="File of item details, joined by id")
    reader: str = Field("", description="Reader to use; empty = the surest")
    columns: Said = Field(
        "", description="Which column holds what, as `user=uid,item=sku`; empty = as guessed"
    )
    events: Said = Field("", description="What events mean, as `transaction=purchase`; empty = as usual")
    skip_cleaning: Said = Field("", description="Steps of cleaning that are left out, as `duplicates,times`")
    pictures: str = Field("", description="Folder of pictures named by item id")
    query: Query = Field("", description="SELECT for interactions, where `data` is a database")
    items_query: Query = Field("", description="SELECT for item details, where `data` is a database")
    candidates: str = Field("", description="File of user, item: exactly these are ranked")
    negatives: int = Field(
        0, ge=0, le=100_000, description="Rank held-out items among so many drawn others only; 0 = among all"
    )
    recommendations: dict[str, str] = Field(
        default_factory=dict, description="Ready-made lists: name and file"
    )
    content: str = Field("", description="SHA-256 of the files above, filled in when they are read")
    fingerprint: str = Field("", description="SHA-256 of the clean data set, filled in when it is loaded")
    people: int = Field(
        0, ge=0, le=10**9, description="How many people, chosen by a hash of their id; 0 = everybody"
    )
    positive: str | None = Field(
        None, max_length=500, description="What is fit and counts as a hit; None = the data set's own"
    )
    exclude_seen: Seen = Field(
        "positive", description="Which items of a person's training part are never recommended"
    )
    split: str | None = Field(
        None, max_length=200, description="How interactions are held out; None = the data set's own"
    )
    min_user: int = Field(
        1, ge=1, le=10_000, description="People with fewer positive interactions are left out"
    )
    min_item: int = Field(
        1, ge=1, le=10_000, description="Items with fewer positive interactions are left out"
    )
    recommenders: tuple[Spec, ...] = Field(
        DEFAULT_RECOMMENDERS, max_length=50, description="Specs of what is compared"
    )
    metrics: tuple[Spec, ...] = Field(
        DEFAULT_METRICS, min_length=1, max_length=50, description="Names of metrics"
    )
    k: tuple[Cutoff, ...] = Field(DEFAULT_K, min_length=1, max_length=20, description="Cut-offs")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Decides ties, random splits and resamples")

    @field_validator("k")
    @classmethod
    def _in_order(cls, k: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(set(k)))

    @field_validator("data")
    @classmethod
    def _without_password(cls, data: str) -> str:
        return hidden(data) if is_address(data) else data

    @property
    def source(self) -> Source:
        """What the data set is read from, and how."""
        return Source(
            data=self.data,
            train=self.train,
            test=self.test,
            items=self.items,
            reader=self.reader,
            columns=self.columns,
            events=self.events,
            off=self.skip_cleaning,
            pictures=self.pictures,
            query=self.query,
            items_query=self.items_query,
            people=str(self.people or ""),
        )

    def checked(self) -> "Experiment":
        """Itself, after every name in it was looked up; raises BadInput for one that is not there."""
        for spec in self.recommenders:
            recommender_of(spec)
        metrics_named(self.metrics)
        if self.split:
            split_of(self.split)
        mapping_of(self.columns), events_of(self.events), steps_off(self.skip_cleaning)
        if bool(self.train) != bool(self.test):
            raise BadInput("Only one of train and test is given.", "both files.", "give --train and --test.")
        if bool(self.data) == bool(self.train):
            raise BadInput(
                "Nothing to read is named." if not self.data else "Both data and train are named.",
                "a data set, or train and test files.",
                "give one of them.",
            )
        if self.candidates and self.negatives:
            raise BadInput(
                "Both candidates and negatives are given.", "one of them.", "leave one of them out."
            )
        if not self.recommenders and not self.recommendations:
            raise BadInput(
                "No recommender is selected.", "at least one.", "name one, for example popularity."
            )
        taken = {name for one in self.fitted() for name in (one.name, one.spec)} & set(self.recommendations)
        if taken:
            raise BadInput(
                f"The lists {min(taken)[:60]!r} have the name of a recommender that is compared with them.",
                "a name of their own.",
                "rename the lists.",
            )
        return self

    def on(self, dataset: Dataset) -> "Experiment":
        """With the data set's own defaults and fingerprint filled in: the form that is recorded."""
        parted = "part" in dataset.interactions
        split = self.split or default_split(dataset.origin.split, dataset.timed, parted)
        positive = dataset.origin.positive if self.positive is None else self.positive
        return self.model_copy(
            update={
                "fingerprint": dataset.fingerprint,
                "split": split_of(split).spec,
                "positive": positive,
            }
        )

    def fitted(self) -> list[Recommender]:
        """The recommenders that are fit, each spec once."""
        return list({one.spec: one for one in map(recommender_of, self.recommenders)}.values())

    def to_json(self) -> dict[str, Any]:
        """The model as JSON values; `experiment_of` reads it back."""
        return self.model_dump(mode="json", by_alias=True)


def experiment_of(values: Mapping[str, Any]) -> Experiment:
    """A checked Experiment from values of a file, a URL or options; raises BadInput that names the field."""
    try:
        return Experiment.model_validate(dict(values)).checked()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "experiment"
        if where.startswith(("schema", "version")):
            raise BadInput(
                f"The experiment has schema {first.get('input')!r}.",
                "schema 1.",
                "use the version of Touchstone that wrote it.",
            ) from error
        raise BadInput(
            f"{where}: {first['msg']} (it is {str(first.get('input'))[:60]!r}).",
            "a value within its bounds.",
            "see the reference of the command line.",
        ) from error


def read_experiment(path: Path) -> Experiment:
    """The Experiment in a JSON file, alone or in a result, or in an evidence file; raises BadInput."""
    try:
        found = json.loads(unwrapped(path.read_text("utf-8")))
    except OSError as error:
        raise BadInput(
            f"{path} can't be read ({error.strerror}).", "a JSON file.", "check the path."
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"{path.name} is no JSON ({error}).", "an experiment as JSON.", "mend the file."
        ) from error
    if isinstance(found, dict) and isinstance(found.get("experiment"), dict):
        found = found["experiment"]
    if not isinstance(found, dict):
        raise BadInput(
            f"{path.name} holds no experiment.", "a JSON object.", "use the experiment of a result file."
        )
    return experiment_of(found)


def with_content(
    experiment: Experiment, content_of: Callable[[Source], str] = source_fingerprint
) -> Experiment:
    """With the hash of every file it names, and of the language model that it asks.

    So a changed file, or another model, is never taken for the old one.
    """
    sources = [
        experiment.source,
        *(
            Source(data=file)
            for file in (experiment.candidates, *experiment.recommendations.values())
            if file
        ),
    ]
    parts = [part for one in experiment.fitted() for part in with_parts(one)]
    asked = sorted({fingerprint(part.identity) for part in parts if part.identity})
    content = "-".join([*(content_of(source)[:32] for source in sources), *(one[:32] for one in asked)])
    return experiment.model_copy(update={"content": content})


def settled(
    experiment: Experiment, dataset: Dataset, content_of: Callable[[Source], str] = source_fingerprint
) -> Experiment:
    """The form under which a comparison is asked for and kept, by pages and the command line alike.

    One that was recorded on other data keeps its fingerprint, so that the comparison can say so.
    """
    known = with_content(experiment, content_of)
    return known.on(dataset) if known.fingerprint in ("", dataset.fingerprint) else known
