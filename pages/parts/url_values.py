"""The values of URL parameters, each read from whatever a stranger may have written."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from core.content.encoders.base import ENCODERS
from core.data.load import FIRST
from core.evaluation.experiment import DEFAULT_RECOMMENDERS, K_MOST, experiment_of
from core.evaluation.offpolicy.asked import RATES
from core.evaluation.offpolicy.estimator import estimator_of
from core.evaluation.people import ORDERS
from core.interests import areas
from core.interests.clusters import METHODS
from core.interests.points import INTERACTIONS, TOPICS
from core.interests.topics import MOST_K
from core.work.errors import BadInput
from core.work.specs import split_list
from pages.parts.palette import MOST

MINIMUM_MOST = 10_000
GROUPS_MOST = 100
GROUPS_OF = ("activity", "arrival", "cluster", "selection", "segments")  # people, beside columns
TERMS_MOST = 20  # on each side of what was understood
ITEMS_MOST = 50  # that a link takes out of a history, or puts in
WINDOW_MOST = 365  # days
RUN_MOST = 2**31 - 1  # what a database takes as a number
LONGEST = 4_000  # characters of one parameter

Parsed = tuple[Any, list[BadInput]]  # the value, and what was refused of the text


def bounded(items: Sequence[str]) -> tuple[str, ...]:
    """As many of the ids, each once, as a link takes."""
    kept = list(dict.fromkeys(items))[:ITEMS_MOST]
    while len(items_text(kept)) > LONGEST:
        kept.pop()
    return tuple(kept)


def items_text(items: Sequence[str]) -> str:
    """Ids with commas between them; a comma in an id is written as in any address."""
    return ",".join(item.replace("%", "%25").replace(",", "%2C") for item in items)


def sides_text(wishes: Sequence[str], dislikes: Sequence[str]) -> str:
    """What a sentence was corrected to: terms with commas between them, and | between the two sides."""
    return "|".join(",".join(side[:TERMS_MOST]) for side in (wishes, dislikes))


def sides_of(text: str) -> tuple[list[str], list[str]]:
    """The wishes and the dislikes in such a text."""
    wishes, _bar, dislikes = text.partition("|")
    return [one for one in wishes.split(",") if one], [one for one in dislikes.split(",") if one]


def text_of(text: str, _known: Callable[[str], object]) -> Parsed:
    if len(text) > 500 or not text.isprintable():
        raise BadInput(
            f"{text[:40]!r} is no id or name.", "at most 500 printable characters.", "check the link."
        )
    return text, []


def _items(text: str, known: Callable[[str], object]) -> Parsed:
    """Ids of items with commas between them."""
    found = [part.replace("%2C", ",").replace("%25", "%") for part in text.split(",") if part]
    for item in found:
        text_of(item, known)
    if len(dict.fromkeys(found)) > ITEMS_MOST:
        said = BadInput(
            f"The link names {len(found)} items.", f"at most {ITEMS_MOST}.", "the first of them are taken."
        )
        return bounded(found), [said]
    return bounded(found), []


def _corrected(text: str, _known: Callable[[str], object]) -> Parsed:
    if text.count("|") != 1 or not text.isprintable() or any(len(one) > 80 for one in re.split("[,|]", text)):
        raise BadInput(
            f"{text[:40]!r} is no correction of a sentence.",
            "words with commas between them, and | between wishes and dislikes.",
            "check the link.",
        )
    return sides_text(*sides_of(text)), []


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
    if text not in GROUPS_OF and not text.startswith(("column:", "segment:")):
        raise BadInput(
            f"{text[:40]!r} is not among the choices.",
            f"column:NAME, segment:NAME or one of {', '.join(GROUPS_OF)}.",
            "choose one below.",
        )
    return text_of(text, known)


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


def _estimator(text: str, _known: Callable[[str], object]) -> Parsed:
    return estimator_of(text).name, []


def _window(text: str, _known: Callable[[str], object]) -> Parsed:
    if not (text.isascii() and text.isdigit()):
        raise BadInput(
            f"{text[:20]!r} is no number of days.", f"a whole number from 0 to {WINDOW_MOST}.", "choose one."
        )
    return min(int(text[:12]), WINDOW_MOST), []


def _run(text: str, _known: Callable[[str], object]) -> Parsed:
    if not re.fullmatch(r"[0-9]{1,10}", text) or not 0 < int(text) <= RUN_MOST:
        raise BadInput(
            f"{text[:20]!r} is no run.", "the number of a run that is kept here.", "choose one below."
        )
    return int(text), []


PARSE: dict[str, Callable[[str, Callable[[str], object]], Parsed]] = {
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
    "scale": _one_of("relative", "absolute"),
    "order": _one_of(*ORDERS),
    "layout": _one_of("list", "cards", "shelves"),
    "start": _one_of("history", "nothing"),
    "without": _items,
    "plus": _items,
    "likes": _items,
    "corrected": _corrected,
    "of": _one_of("people", "items"),
    "by": _embedding,
    "method": _one_of(*METHODS),
    "groups": _groups,
    "selection": _selection,
    "topics": _topics,
    "topic": _topic,
    "learnt": _one_of("text", "items"),
    "relevance": _relevance,
    "naming": _one_of("model"),
    "among": _among,
    "rate": _one_of(*RATES),
    "estimator": _estimator,
    "propensities": _one_of("logged", "fitted"),
    "window": _window,
    "run": _run,
    "against": _run,
    "language": _one_of("en", "zh"),
}
