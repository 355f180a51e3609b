"""What Methods says: one entry a metric, recommender, split and term, from the registries and this file."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import streamlit as st

from core.data.splits import SPLITS
from core.evaluation.metric import Metric, metrics
from core.recommenders.base import RECOMMENDERS, Recommender
from core.recommenders.options import options_of
from pages.parts.core_words import paragraphs
from pages.parts.text import escaped, markdown, plain
from pages.parts.words import _, counted, sentences


@dataclass(frozen=True)
class Entry:
    """A definition: under which term a link finds it, what it says, and what it stands on."""

    term: str
    group: str
    title: str
    meaning: tuple[str, ...]
    formula: str = ""  # LaTeX of our own code, never of data
    source: str = ""
    settings: pd.DataFrame = field(default_factory=pd.DataFrame)

    @cached_property
    def words(self) -> str:
        """Everything that a search looks through, in both languages."""
        found = [self.term, self.title, self.source, *self.meaning]
        return " ".join([*found, *map(_, found)]).casefold()


# Terms that are no registered thing. The texts are marked for translation here and looked up when shown.
def N_(text: str) -> str:  # noqa: N802
    """Marks a text for translation."""
    return text


TERMS = (
    (
        "positive",
        N_("Positives"),
        N_(
            "Which interactions are learnt from and count as hits. By default every interaction, "
            "whatever its rating; a data set may say otherwise (the shop: purchases), and an expression such as rating>=4 or "
            "kind in (cart, purchase) says it for one comparison."
        ),
    ),
    (
        "interval",
        N_("Intervals"),
        N_(
            "95 % percentile bootstrap: 2,000 times, as many people are drawn with replacement as there "
            "are, and the mean is taken again. The same draws serve all recommenders, so differences are paired."
        ),
    ),
    (
        "tied",
        N_("Tied"),
        N_(
            "Two recommenders are tied when their paired difference is not told apart from zero at 5 %, after "
            "Holm's correction over all pairs of the comparison."
        ),
    ),
    (
        "symbols",
        N_("Symbols"),
        N_(
            "L is a person's list, cut at k places; l with index r is the item at place r; T are the held-out "
            "items of the person. A metric is computed for each person, and the mean over people is shown."
        ),
    ),
    (
        "n",
        N_("n"),
        N_(
            "The number of people with at least one held-out item. Somebody without a list scores 0; people whom training "
            "does not know are left out and counted under Can I believe it."
        ),
    ),
    (
        "held-out",
        N_("Badge: held-out"),
        N_(
            "Measured on interactions that were kept from training. It says how well lists foresee "
            "what people did on their own, not what they would do if they saw the lists."
        ),
    ),
    (
        "logged",
        N_("Badge: logged"),
        N_(
            "Counted in a log of what was shown: the rate of the policy that was live then. It says "
            "nothing of any other recommender."
        ),
    ),
    (
        "ctr",
        N_("Clicks (CTR)"),
        N_(
            "Clicks per impression. An impression is one item shown to one person at one position; the "
            "interval draws people with all their impressions."
        ),
    ),
    ("ctcvr", N_("Sales (CTCVR)"), N_("Purchases per impression: an item was shown, clicked and bought.")),
    (
        "cvr",
        N_("Conversion (CVR)"),
        N_("Purchases per click. It is high where few but decided people click, so read it beside CTCVR."),
    ),
    (
        "not-measurable",
        N_("Not measurable"),
        N_(
            "Held-out hits are no clicks: nobody saw those lists. Clicks and sales of a recommender "
            "that was not live need a log with what was shown, at which position, with which probability (propensity), and whether "
            "it was clicked and bought. Without such a log the table says so instead of giving a number."
        ),
    ),
    (
        "cost",
        N_("Cost"),
        N_(
            "Seconds for fitting once and making 1,000 lists, measured on this server while the comparison ran."
        ),
    ),
    (
        "ties-in-lists",
        N_("Equal scores"),
        N_(
            "Items with equal scores are ordered by a hash of seed, person and item, so the order of rows in "
            "a file never matters and a constant score ranks like chance."
        ),
    ),
    (
        "seen",
        N_("Seen items"),
        N_(
            "What was positive in training is not recommended again to the same person. Held-out pairs that "
            "repeat a training pair are dropped and counted."
        ),
    ),
)
TERM_SOURCES = {
    "interval": "Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13",
    "tied": "Holm 1979, A simple sequentially rejective multiple test procedure",
    "ctr": "Owen 2007, The pigeonhole bootstrap, §2",
}
FORMULAS = {
    "ctr": r"\frac{\text{clicks}}{\text{impressions}}",
    "ctcvr": r"\frac{\text{purchases}}{\text{impressions}}",
    "cvr": r"\frac{\text{purchases}}{\text{clicks}}",
}


def entries() -> list[Entry]:
    """Every definition, in the order of the page."""
    return [
        *(_metric(metric) for metric in metrics().values()),
        *(
            Entry(
                term,
                N_("Reading the figures"),
                title,
                (text,),
                FORMULAS.get(term, ""),
                TERM_SOURCES.get(term, ""),
            )
            for term, title, text in TERMS
        ),
        *(_recommender(cls) for cls in RECOMMENDERS.all().values()),
        *(Entry(name, N_("Splits"), split.label, paragraphs(split)) for name, split in SPLITS.items()),
    ]


def lead(found: list[Entry]) -> str:
    """The page's first sentence."""
    many = sum(entry.group == "Metrics" for entry in found)
    also = sum(entry.group == "Recommenders" for entry in found)
    return sentences(
        [
            counted("{n} metric", "{n} metrics", many)
            + _(" and ")
            + counted("{n} recommender", "{n} recommenders", also)
            + _(":"),
            _("what each means, how it is computed, and where it comes from."),
        ]
    )


def show(entry: Entry, wanted: bool) -> None:
    """One entry: its name at the left, what it says at the right."""
    st.html(f'<div class="ts-term{" ts-wanted" if wanted else ""}"></div>')
    left, right = st.columns([1, 3], gap="medium")
    left.html(f'<h3 class="ts-term-name" id="{escaped(entry.term)}">{escaped(_(entry.title))}</h3>')
    with right:
        for paragraph in entry.meaning:
            st.markdown(markdown(_(paragraph), 2_000))
        if entry.formula:
            st.latex(entry.formula, width="content")
        if len(entry.settings):
            st.dataframe(
                entry.settings.rename(columns=_),
                hide_index=True,
                width="stretch",
                key=f"options_{entry.term}",
                alt=_("Settings of {name}").format(name=plain(entry.title)),
            )
        if entry.source:
            st.caption(f"{_('Source:')} {markdown(entry.source)}")


def _metric(metric: Metric) -> Entry:
    variant = "" if metric.variant == "standard" else f" ({metric.variant})"
    key = metric.name if metric.variant == "standard" else f"{metric.name}-{metric.variant}"
    return Entry(key, N_("Metrics"), metric.label + variant, (metric.meaning,), metric.formula, metric.source)


def _recommender(cls: type[Recommender]) -> Entry:
    rows = [
        {
            "setting": option.name,
            "what it does": _(option.description),
            "default": str(option.default),
            "values": option.bounds + (" (log)" if option.log else ""),
        }
        for option in options_of(cls)
    ]
    return Entry(
        cls.name,
        N_("Recommenders"),
        cls.label,
        paragraphs(cls),
        source=cls.source,
        settings=pd.DataFrame(rows),
    )
