"""What Methods says: one entry a metric, recommender, split and term, from the registries and this file."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import streamlit as st

from core.content.encoders.base import ENCODERS, Encoder
from core.data.splits import SPLITS
from core.evaluation.definitions import DEFINITIONS, METRICS, TOOLS, Definition
from core.evaluation.metric import Metric, metrics
from core.evaluation.offpolicy.estimator import Estimator, estimators
from core.recommenders.base import RECOMMENDERS, Recommender
from core.recommenders.options import options_of
from pages.parts import bare_rates
from pages.parts.core_estimator_words import parted
from pages.parts.core_words import paragraphs
from pages.parts.terms import TERMS
from pages.parts.terms_clicks import CLICKS
from pages.parts.terms_interests import INTERESTS
from pages.parts.terms_language import LANGUAGE
from pages.parts.terms_pairs import PAIRS
from pages.parts.terms_reasons import REASONS
from pages.parts.terms_segments import SEGMENTS
from pages.parts.text import escaped, markdown, plain
from pages.parts.words import N_, _, counted, listed, sentences


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
    elsewhere: tuple[Definition, ...] = ()  # how other tools compute it, where they do it differently
    notes: tuple[tuple[str, str], ...] = ()  # what is said of one side of it: a heading and a sentence
    alike: tuple[str, ...] = ()  # tools that compute the same

    @cached_property
    def words(self) -> str:
        """Everything that a search looks through, in both languages."""
        found = [self.term, self.title, self.source, *self.meaning, *self.alike]
        found += [f"{one.tool} {one.difference}" for one in self.elsewhere]
        found += [text for _heading, note in self.notes for text in parted(note)]
        return " ".join([*found, *map(_, found)]).casefold()


def entries() -> list[Entry]:
    """Every definition, in the order of the page."""
    return [
        *(_metric(metric) for metric in metrics().values()),
        *(
            Entry(
                term.name, N_("Reading the figures"), term.title, (term.meaning,), term.formula, term.source
            )
            for term in (*TERMS, *PAIRS, *SEGMENTS)
        ),
        *(
            Entry(term.name, N_("Clicks and sales"), term.title, (term.meaning,), term.formula, term.source)
            for term in CLICKS
        ),
        *(_estimator(one) for one in estimators().values()),
        *(
            Entry(term.name, N_("Interests"), term.title, (term.meaning,), term.formula, term.source)
            for term in INTERESTS
        ),
        *(
            Entry(term.name, N_("Lists and reasons"), term.title, (term.meaning,), term.formula, term.source)
            for term in REASONS
        ),
        *(
            Entry(term.name, N_("Language models"), term.title, (term.meaning,), term.formula, term.source)
            for term in LANGUAGE
        ),
        *(_declared(cls, N_("Recommenders")) for cls in RECOMMENDERS.all().values()),
        *(_declared(cls, N_("Encoders")) for cls in ENCODERS.all().values()),
        *(Entry(name, N_("Splits"), split.label, paragraphs(split)) for name, split in SPLITS.items()),
    ]


def lead(found: list[Entry]) -> str:
    """The page's first sentence."""
    many = sum(entry.group == "Metrics" for entry in found)
    also = sum(entry.group == "Recommenders" for entry in found)
    return _(
        "{metrics} and {recommenders}: what each means, how it is computed, and where it comes from."
    ).format(
        metrics=counted("{n} metric", "{n} metrics", many),
        recommenders=counted("{n} recommender", "{n} recommenders", also),
    )


def show(entry: Entry, wanted: bool) -> None:
    """One entry: its name at the left, what it says at the right."""
    st.html(f'<div class="ts-term{" ts-wanted" if wanted else ""}"></div>')
    left, right = st.columns([1, 3], gap="medium")
    left.html(f'<h3 class="ts-term-name" id="{escaped(entry.term)}">{escaped(_(entry.title))}</h3>')
    with right:
        for paragraph in entry.meaning:
            st.markdown(markdown(_(paragraph), 2_000))
        for heading, sentence in entry.notes:
            st.markdown(
                f"*{markdown(_(heading))}* {markdown(sentences([_(one) for one in parted(sentence)]), 1_000)}"
            )
        if entry.formula:
            st.latex(entry.formula, width="content")
        if entry.term == "bare-rate":
            bare_rates.show()
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
        for one in entry.elsewhere:
            st.caption(f"{markdown(f'{one.tool} {TOOLS[one.tool]}')}: {markdown(_(one.difference), 400)}")
            st.latex(one.formula, width="content")
        if entry.alike:
            names = listed([f"{tool} {TOOLS[tool]}" for tool in entry.alike])
            st.caption(markdown(_("The same in {tools}.").format(tools=names), 200))


def _metric(metric: Metric) -> Entry:
    variant = "" if metric.variant == "standard" else f" ({metric.variant})"
    key = metric.name if metric.variant == "standard" else f"{metric.name}-{metric.variant}"
    compared = metric.variant == "standard" and metric.name in METRICS
    elsewhere = tuple(one for one in DEFINITIONS if compared and one.metric == metric.name)
    return Entry(
        key,
        N_("Metrics"),
        metric.label + variant,
        (metric.meaning,),
        metric.formula,
        metric.source,
        elsewhere=elsewhere,
        alike=tuple(tool for tool in TOOLS if compared and tool not in {one.tool for one in elsewhere}),
    )


def _estimator(one: Estimator) -> Entry:
    return Entry(
        f"estimator-{one.name}",
        N_("Clicks and sales"),
        one.label,
        (),
        one.formula,
        one.source,
        notes=((N_("It assumes:"), one.assumes), (N_("When it fails:"), one.fails)),
    )


def _declared(cls: type[Recommender] | type[Encoder], group: str) -> Entry:
    rows = [
        {
            N_("setting"): option.name,
            N_("what it does"): _(option.description),
            N_("default"): str(option.default),
            N_("values"): option.bounds + (" (log)" if option.log else ""),
        }
        for option in options_of(cls)
    ]
    return Entry(
        cls.name if group == "Recommenders" else f"encoder-{cls.name}",
        group,
        cls.label,
        paragraphs(cls),
        source=cls.source,
        settings=pd.DataFrame(rows),
    )
