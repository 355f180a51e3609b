"""The state of the pages as a URL holds it. Pure: no Streamlit, no session.

`read` takes whatever a stranger may have written and gives a State that is always usable, and what
it refused; `write` gives the parameters of a State, only those that differ from the default.
Everything that reaches an Experiment is validated by `experiment_of`, once, in core.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from core.data.load import FIRST
from core.evaluation.experiment import DEFAULT_RECOMMENDERS, PAGE_K, Experiment, experiment_of
from core.evaluation.metric import metrics
from core.evaluation.offpolicy.asked import SHOWN
from core.interests.points import INTERACTIONS
from core.interests.topics import DEFAULT_K, LAMBDA
from core.work.errors import BadInput
from pages.parts.url_values import LONGEST, PARSE, items_text, text_of

# What belongs to a person, and is let go with them
OF_PERSON: dict[str, Any] = {"start": "history", "without": (), "plus": ()}
# What belongs to a sentence, and is let go with it
OF_SENTENCE: dict[str, Any] = {"corrected": ""}
# What belongs to a data set, and is let go with it
OF_DATA: dict[str, Any] = {
    "person": "",
    **OF_PERSON,
    "likes": (),
    "sentence": "",
    **OF_SENTENCE,
    "item": "",
    "split": "",
    "positive": "",
    "exclude_seen": "positive",
    "min_user": 1,
    "min_item": 1,
    "segment": "",
    "colour": "cluster",
    "selection": "",
    "topics": DEFAULT_K,
    "topic": -1,
    "learnt": "",
    "among": "",
    "propensities": "logged",
}


@dataclass(frozen=True)
class State:
    """What a copied link reproduces. Each field is the URL parameter of that name."""

    data: str = FIRST  # a sample's name or a key of the shelf
    recommenders: tuple[str, ...] = DEFAULT_RECOMMENDERS  # specs, at most MOST, each once
    metric: str = "ndcg"  # the metric that the verdict speaks of
    k: int = 10  # the cut-off
    split: str = ""  # a split's spec; "" = the data set's own
    positive: str = ""  # what counts as a hit; "" = the data set's own, "all" = everything
    exclude_seen: str = "positive"  # what of the training part is never recommended: positive, any or none
    min_user: int = 1  # people with fewer positive interactions are left out
    min_item: int = 1  # items with fewer positive interactions are left out
    baseline: str = ""  # spec of the recommender that others are relative to; "" = absolute
    scale: str = "relative"  # differences to the baseline: relative (per cent of it) or absolute
    first: str = ""  # specs of the two on Head to head; "" = the best
    second: str = ""  # "" = the next
    view: str = "figures"  # figures or table
    person: str = ""  # id of the person on People; "" = the page's choice
    order: str = "id"  # in which order people follow one another on People
    layout: str = "list"  # of lists on People: list, cards or shelves (rows with titles)
    start: str = "history"  # what if: from the person's history, or from nothing
    without: tuple[str, ...] = ()  # what if: ids of items taken out of the history
    plus: tuple[str, ...] = ()  # what if: ids of items put in, the last the latest
    likes: tuple[str, ...] = ()  # ids of items that a newcomer likes, the last the latest
    sentence: str = ""  # what a newcomer says
    corrected: str = ""  # what they mean by it: wishes|dislikes, each with commas; "" = as it was read
    item: str = ""  # id of the item on Content; "" = the page's choice
    # name of a saved segment, or column:NAME=VALUE, activity=, arrival=, cluster=: figures are of its people
    segment: str = ""
    of: str = "people"  # people or items on the user map
    by: str = INTERACTIONS  # the embedding behind the map: interactions, topics or an encoder's name
    method: str = "hdbscan"  # how the map's points are clustered: hdbscan or kmeans
    groups: int = 8  # how many clusters k-means makes
    colour: str = "cluster"  # of the map: cluster, topic, activity, column:…, metric:…, difference:…
    selection: str = ""  # on the map: cluster:LEVEL.NUMBER, group:NUMBER of the colours, area:x,y;x,y;…
    topics: int = DEFAULT_K  # how many topics are learnt
    topic: int = -1  # id of the topic on Topics; -1 = the largest
    learnt: str = ""  # what topics are learnt from: text, items taken together, or "" = what fits the data
    relevance: float = LAMBDA  # λ by which words of a topic are ordered: 1 by likelihood, 0 by lift
    naming: str = ""  # who names topics and clusters: their words (""), or "model"
    among: str = ""  # groups on Topics and Segments: column:NAME, activity, arrival, cluster, …
    rate: str = "ctr"  # on Clicks and sales: ctr, ctcvr, cvr or revenue
    estimator: str = SHOWN[0]  # by which clicks and sales are estimated
    propensities: str = "logged"  # logged, or fitted where a log has none
    window: int = 0  # days within which a purchase counts for a click before it; 0 = as logged
    run: int = 0  # number of the run on Runs; 0 = none
    against: int = 0  # number of the run that it is set beside; 0 = none
    term: str = ""  # the definition that Methods opens at
    language: str = ""  # en or zh; "" = the browser's

    def experiment(self, **source: Any) -> Experiment:
        """The Experiment of this state on a source; raises BadInput where its parts don't fit."""
        positive = {"": None, "all": ""}.get(self.positive, self.positive)
        return experiment_of(
            {
                **source,
                "recommenders": self.recommenders,
                "metrics": tuple(dict.fromkeys(name for name, _ in metrics())),
                "k": tuple(sorted({*PAGE_K, self.k})),
                "split": self.split or None,
                "positive": positive,
                "exclude_seen": self.exclude_seen,
                "min_user": self.min_user,
                "min_item": self.min_item,
            }
        )


def read(query: Mapping[str, str], known: Callable[[str], object]) -> tuple[State, list[BadInput]]:
    """The state in the parameters of a URL, and what was refused.

    `known` raises BadInput for a data set that is not there. A refused parameter falls back to its
    default, a number out of bounds is clamped; parameters that are not ours are left alone.
    """
    state, refused = State(), []
    for name in (field.name for field in fields(State)):
        text = query.get(name, "")
        if not text:
            continue
        try:
            if len(text) > LONGEST:
                raise BadInput(
                    f"The parameter {name} has {len(text):,} characters.",
                    f"at most {LONGEST:,}.",
                    "shorten the link.",
                )
            value, said = PARSE.get(name, text_of)(text, known)
            state = replace(state, **{name: value})
            refused += said
        except BadInput as error:
            refused.append(error)
    there = {"", *state.recommenders}
    gone: dict[str, Any] = {
        name: "" for name in ("baseline", "first", "second") if getattr(state, name) not in there
    }
    state = replace(state, **gone)
    return state, refused


def write(state: State) -> dict[str, str]:
    """The URL parameters of a state; `read` gives the state back."""
    found = {}
    for field in fields(State):
        value = getattr(state, field.name)
        if value != field.default:
            found[field.name] = _WRITE.get(field.name, _plain)(value)
    return found


def changed(state: State, **values: Any) -> State:
    """The state with these changes; what belongs to a person or a sentence is let go with them."""
    gone = OF_PERSON if values.get("person", state.person) != state.person else {}
    if values.get("sentence", state.sentence) != state.sentence:
        gone = gone | OF_SENTENCE
    return replace(state, **gone | values)


def _plain(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


_WRITE: dict[str, Callable[[Any], str]] = {
    "without": items_text,
    "plus": items_text,
    "likes": items_text,
}
