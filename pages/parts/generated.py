"""Names that the language model gives to topics and clusters: the switch, the job, and what says so."""

from collections.abc import Sequence

import streamlit as st

from core.data.dataset import Dataset
from core.language.naming import Group, Name, Names, named
from core.language.writing import Writing, marked
from pages.parts import job_panel, session, states, written
from pages.parts.text import escaped
from pages.parts.words import _, counted, listed
from pages.parts.words import said as spoken


def wanted() -> bool:
    """Whether the model is to name topics and clusters; else their words do."""
    return session.state().naming == "model"


def switch() -> None:
    """Who names them."""
    ways = {"": _("their words"), "model": _("by the language model")}
    st.segmented_control(
        _("Names"),
        list(ways),
        format_func=ways.__getitem__,
        required=True,
        help=_(
            "Words say more; the language model chooses one or two of them, or words that hold nothing else."
        ),
        **session.bound("naming"),
    )


def ask(found: Dataset, groups: tuple[Group, ...], line: str, key: str) -> None:
    """Asks for names: progress stands here, then `line` with the {model} that gave them, or why none did."""
    if not wanted():
        return
    made = job_panel.peek(named, found, groups, settings=Writing.here(), key=key)
    if made is None:
        return
    states.caption(_told(made, line))
    if made.provisional:
        st.button(_("Ask again"), key=f"ask_{key}", type="tertiary", on_click=_again, args=(found, groups))


def _told(made: Names, line: str) -> str:
    if made.why:
        return _("No language model answers here, so their words stand: {why}.").format(why=spoken(made.why))
    if made.spent is None:
        return _("There is nothing to choose from here, so their words stand.")
    parts = [line.format(model=made.spent.model)] if any(one.by for one in made.names) else []
    left = sum(not one.by for one in made.names)
    if left:
        parts.append(
            counted(
                "{n} of {all} keeps its words.", "{n} of {all} keep their words.", left, all=len(made.names)
            )
        )
    if made.spent.failed:
        why = "; ".join(map(spoken, made.spent.reasons))
        parts.append(
            counted(
                "{n} question has no answer: {why}.",
                "{n} questions have no answer: {why}.",
                made.spent.failed,
                why=why,
            )
        )
    return " ".join(parts)


def _again(found: Dataset, groups: tuple[Group, ...]) -> None:
    job_panel.desk().start(named, found, groups, settings=Writing.here())


def known(found: Dataset, groups: tuple[Group, ...]) -> dict[Group, Name]:
    """What the model said of each group, as far as that is there; asks nothing."""
    job = job_panel.desk().find(named, found, groups, settings=Writing.here()) if wanted() else None
    if job is None or job.status().state != "done":
        return {}
    return dict(zip(groups, job.result().names, strict=True))


def text(name: Name | None) -> str:
    """The name in the reader's language; "" where there is none."""
    return name.said(_listed) if name else ""


def _listed(names: Sequence[str]) -> str:
    return listed(marked(names))


def label(name: Name | None, key: str) -> None:
    """A badge, and one click away the words that a name was made of, and what was refused."""
    if name is None or not (name.by or name.refused):
        return
    with written.facts_of(name.by, key):
        words = "".join(f"<li>{escaped(word, 100)}</li>" for word in name.facts)
        st.html(f'<ul class="ts-words">{words}</ul>')
        states.caption(_how(name))


def _how(name: Name) -> str:
    if name.refused:
        return _("The model's name was refused: {why}. The words stand.").format(why=spoken(name.refused))
    if name.own:
        return _("{model} wrote this name. Each of its words is one of these, or joins them.").format(
            model=name.by
        )
    return _("{model} chose it among these words, and each two of them.").format(model=name.by)
