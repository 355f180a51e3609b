"""The state of the pages as a URL holds it. Pure: no Streamlit, no session.

`read` takes whatever a stranger may have written and gives a State that is always usable, and what
it refused; `write` gives the parameters of a State, only those that differ from the default.
Everything that reaches an Experiment is validated by `experiment_of`, once, in core.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from core.content.encoders.base import ENCODERS
from core.data.load import FIRST
from core.evaluation.experiment import DEFAULT_RECOMMENDERS, K_MOST, PAGE_K, Experiment, experiment_of
from core.evaluation.metric import metrics
from core.evaluation.people import ORDERS
from core.interests import areas
from core.interests.clusters import METHODS
from core.interests.points import INTERACTIONS, TOPICS
from core.interests.topics import DEFAULT_K, LAMBDA, MOST_K
from core.work.errors import BadInput
from core.work.specs import split_list
from pages.parts.palette import MOST

MINIMUM_MOST = 10_000
GROUPS_MOST = 100
ITEMS_MOST = 50  # that a link takes out of a history, or puts in
# What belongs to a person, and is let go with them
OF_PERSON: dict[str, Any] = {"start": "history", "without": (), "plus": ()}
# What belongs to a data set, and is let go with it
OF_DATA: dict[str, Any] = {
    "person": "",
    **OF_PERSON,
    "likes": (),
    "sentence": "",
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
}
_LONGEST = 4_000  # characters of one parameter


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
    view: str = "figures"  # figures or table
    person: str = ""  # id of the person on People; "" = the page's choice
    order: str = "id"  # in which order people follow one another on People
    layout: str = "list"  # list or cards, on People
    start: str = "history"  # what if: from the person's history, or from nothing
    without: tuple[str, ...] = ()  # what if: ids of items taken out of the history
    plus: tuple[str, ...] = ()  # what if: ids of items put in, the last the latest
    likes: tuple[str, ...] = ()  # ids of items that a newcomer likes, the last the latest
    sentence: str = ""  # what a newcomer says
    item: str = ""  # id of the item on Content; "" = the page's choice
    segment: str = ""  # name of a saved segment: figures are of its people; "" = everyone
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
    among: str = ""  # groups that a topic is compared in: column:NAME, activity, segments
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
            if len(text) > _LONGEST:
                raise BadInput(
                    f"The parameter {name} has {len(text):,} characters.",
                    f"at most {_LONGEST:,}.",
                    "shorten the link.",
                )
            value, said = _PARSE.get(name, _text)(text, known)
            state = replace(state, **{name: value})
            refused += said
        except BadInput as error:
            refused.append(error)
    if state.baseline and state.baseline not in state.recommenders:
        state = replace(state, baseline="")
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
    """The state with these changes; what belongs to a person is let go with them."""
    other = values.get("person", state.person) != state.person
    return replace(state, **(OF_PERSON if other else {}) | values)


def bounded(items: Sequence[str]) -> tuple[str, ...]:
    """As many of the ids, each once, as a link takes."""
    kept = list(dict.fromkeys(items))[:ITEMS_MOST]
    while len(_items_text(kept)) > _LONGEST:
        kept.pop()
    return tuple(kept)


def _plain(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _items_text(items: Sequence[str]) -> str:
    """Ids with commas between them; a comma in an id is written as in any address."""
    return ",".join(item.replace("%", "%25").replace(",", "%2C") for item in items)


_WRITE: dict[str, Callable[[Any], str]] = {
    "without": _items_text,
    "plus": _items_text,
    "likes": _items_text,
}


Parsed = tuple[Any, list[BadInput]]


def _text(text: str, _known: Callable[[str], object]) -> Parsed:
    if len(text) > 500 or not text.isprintable():
        raise BadInput(
            f"{text[:40]!r} is no id or name.", "at most 500 printable characters.", "check the link."
        )
    return text, []


def _items(text: str, known: Callable[[str], object]) -> Parsed:
    """Ids of items with commas between them."""
    found = [part.replace("%2C", ",").replace("%25", "%") for part in text.split(",") if part]
    for item in found:
        _text(item, known)
    if len(dict.fromkeys(found)) > ITEMS_MOST:
        said = BadInput(
            f"The link names {len(found)} items.", f"at most {ITEMS_MOST}.", "the first of them are taken."
        )
        return bounded(found), [said]
    return bounded(found), []


def _data(text: str, known: Callable[[str], object]) -> Parsed:
    known(text)
    return text, []


def _recommenders(text: str, _known: Callable[[str], object]) -> Parsed:
    kept: dict[str, None] = {}
    refused = []
    for spec in split_list(text):
        try:
            chosen = experiment_of({"data": FIRST, "recommenders": (spec,)}).fitted()[0].spec
        except BadInput as error:
            refused.append(error)
            continue
        kept[chosen] = None
    if len(kept) > MOST:
        refused.append(
            BadInput(
                f"The link names {len(kept)} recommenders.",
                f"at most {MOST} in one view.",
                "remove some; the first of them are shown.",
            )
        )
    return tuple(list(kept)[:MOST]) or DEFAULT_RECOMMENDERS, refused[:3]


def _metric(text: str, _known: Callable[[str], object]) -> Parsed:
    return experiment_of({"data": FIRST, "metrics": (text,)}).metrics[0], []


def _k(text: str, _known: Callable[[str], object]) -> Parsed:
    digits = text.strip().lstrip("+-")
    if not (digits.isascii() and digits.isdigit()):
        raise BadInput(
            f"k is {text[:20]!r}.", f"a whole number from 1 to {K_MOST:,}.", "choose a cut-off below."
        )
    value = int(text[:12])
    k = min(max(value, 1), K_MOST)
    said = (
        []
        if k == value
        else [
            BadInput(
                f"k is {text[:20]}.",
                f"a whole number from 1 to {K_MOST:,}.",
                f"choose a cut-off; {k:,} is shown.",
            )
        ]
    )
    return k, said


def _split(text: str, _known: Callable[[str], object]) -> Parsed:
    return experiment_of({"data": FIRST, "split": text}).split, []


def _positive(text: str, _known: Callable[[str], object]) -> Parsed:
    return experiment_of({"data": FIRST, "positive": text}).positive, []


def _minimum(text: str, _known: Callable[[str], object]) -> Parsed:
    if not (text.isascii() and text.isdigit()):
        raise BadInput(
            f"{text[:20]!r} is no minimum.", f"a whole number from 1 to {MINIMUM_MOST:,}.", "check the link."
        )
    return min(max(int(text[:12]), 1), MINIMUM_MOST), []


def _one_of(*options: str) -> Callable[[str, Callable[[str], object]], Parsed]:
    def parse(text: str, _known: Callable[[str], object]) -> Parsed:
        if text not in options:
            raise BadInput(
                f"{text[:40]!r} is not among the choices.",
                f"one of {', '.join(options)}.",
                "choose one below.",
            )
        return text, []

    return parse


def _embedding(text: str, known: Callable[[str], object]) -> Parsed:
    """An encoder by its name alone: settings may name a folder, which is no business of a link."""
    return _one_of(INTERACTIONS, TOPICS, *ENCODERS.all())(text, known)


def _groups(text: str, _known: Callable[[str], object]) -> Parsed:
    if not (text.isascii() and text.isdigit()):
        raise BadInput(
            f"{text[:20]!r} is no number of clusters.",
            f"a whole number from 2 to {GROUPS_MOST}.",
            "choose one.",
        )
    return min(max(int(text[:12]), 2), GROUPS_MOST), []


def _topics(text: str, _known: Callable[[str], object]) -> Parsed:
    if not (text.isascii() and text.isdigit()):
        raise BadInput(
            f"{text[:20]!r} is no number of topics.", f"a whole number from 2 to {MOST_K}.", "choose one."
        )
    return min(max(int(text[:12]), 2), MOST_K), []


def _topic(text: str, _known: Callable[[str], object]) -> Parsed:
    if not re.fullmatch(r"-1|[0-9]{1,4}", text):
        raise BadInput(f"{text[:20]!r} is no topic.", "the number of a topic.", "choose one.")
    return int(text), []


def _relevance(text: str, _known: Callable[[str], object]) -> Parsed:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", text):
        raise BadInput(f"{text[:20]!r} is no weight.", "a number from 0 to 1.", "choose one.")
    return round(min(float(text), 1.0), 3), []


def _among(text: str, known: Callable[[str], object]) -> Parsed:
    if text not in ("activity", "segments") and not text.startswith("column:"):
        raise BadInput(
            f"{text[:40]!r} is not among the choices.",
            "column:NAME, activity or segments.",
            "choose one below.",
        )
    return _text(text, known)


def _selection(text: str, _known: Callable[[str], object]) -> Parsed:
    kind, _colon, rest = text.partition(":")
    if kind == "area":
        areas.read(rest)
    elif not re.fullmatch(r"cluster:\d{1,2}\.\d{1,4}|group:\d{1,3}", text):
        raise BadInput(
            f"{text[:40]!r} is no selection.",
            "cluster:1.0, group:0 or area:0,0;1,0;1,1.",
            "select on the map.",
        )
    return text, []


_PARSE: dict[str, Callable[[str, Callable[[str], object]], Parsed]] = {
    "data": _data,
    "recommenders": _recommenders,
    "metric": _metric,
    "k": _k,
    "split": _split,
    "positive": _positive,
    "exclude_seen": _one_of("positive", "any", "none"),
    "min_user": _minimum,
    "min_item": _minimum,
    "view": _one_of("figures", "table"),
    "order": _one_of(*ORDERS),
    "layout": _one_of("list", "cards"),
    "start": _one_of("history", "nothing"),
    "without": _items,
    "plus": _items,
    "likes": _items,
    "of": _one_of("people", "items"),
    "by": _embedding,
    "method": _one_of(*METHODS),
    "groups": _groups,
    "selection": _selection,
    "topics": _topics,
    "topic": _topic,
    "learnt": _one_of("text", "items"),
    "relevance": _relevance,
    "among": _among,
    "language": _one_of("en", "zh"),
}
