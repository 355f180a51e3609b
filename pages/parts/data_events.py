"""What the events of a file mean: an editor, and how one person's rows are read under it."""

import streamlit as st

from core.data.correcting import with_meaning
from core.data.dataset import EventName
from core.data.events_named import MEANINGS, OWN, meant
from core.data.load import Source
from core.data.preparing import OURS
from core.data.preview import Preview
from pages.parts import data_draft, data_words, page_tables, states
from pages.parts.page_tables import Cell
from pages.parts.text import escaped, markdown
from pages.parts.words import _, counted, listed

MOST = 30  # names that can be set; the most frequent come first


def editor(place: str, base: Source, draft: Source, seen: Preview) -> None:
    """A row for each name of events with its meaning, and a person as an example."""
    names = [one for one in seen.events if one.name not in OWN]
    left, right = st.columns([1, 1], gap="large")
    with left:
        if not names:
            states.caption(_("The file names no events: each row is an interaction that counts as it is."))
        _unknown(seen, names)
        with st.container(key=f"{place}_events", gap=None):
            for at, one in enumerate(names[:MOST]):
                _row(place, at, one, base, draft)
        if len(names) > MOST:
            more = counted("{n} rarer name", "{n} rarer names", len(names) - MOST)
            states.caption(_("{more}: kept as they are.").format(more=more))
    with right:
        _example(seen)


def _unknown(seen: Preview, names: list[EventName]) -> None:
    """Names that nobody knows are said by name: what happens to their rows is not left to be guessed."""
    lost = [] if seen.reader in OURS else [one for one in names if not one.meaning]
    if not lost:
        return
    rows = counted("{n} row", "{n} rows", sum(one.rows for one in lost))
    states.refused(
        _("Not known: {names} ({rows}).").format(
            names=listed([f"“{one.name[:40]}”" for one in lost[:5]]), rows=rows
        ),
        _("Until you say what they mean, their rows keep their own name and count as hits."),
    )


def _row(place: str, at: int, one: EventName, base: Source, draft: Source) -> None:
    key = f"{place}_event_{at}"
    usual = meant(one.name)
    st.session_state[key] = one.meaning

    def changed() -> None:
        data_draft.keep(place, base, with_meaning(draft, one.name, str(st.session_state[key])))

    left, middle = st.columns([1, 1], vertical_alignment="center", gap="small")
    rows = counted("{n} row", "{n} rows", one.rows)
    left.html(
        f'<p class="ts-column-name"><b>{escaped(one.name, 60)}</b>'
        f"<span>{escaped(rows)} · {escaped(_how(one, usual))}</span></p>"
    )
    middle.selectbox(
        _("What {event} means").format(event=markdown(one.name, 60)),
        [*([] if usual else [""]), *MEANINGS],
        key=key,
        format_func=meaning_name,
        label_visibility="collapsed",
        on_change=changed,
    )


def meaning_name(meaning: str) -> str:
    """A meaning of events as people call it."""
    if not meaning:
        return _("an event of its own")
    return _("negative: not wanted") if meaning == "negative" else data_words.kind_name(meaning)


def _how(one: EventName, usual: str) -> str:
    if one.said:
        return _("set")
    return _("its usual meaning") if usual else _("not known")


def _example(seen: Preview) -> None:
    st.html(f'<p class="ts-small ts-close">{escaped(_("How rows of one person are read"))}</p>')
    if not seen.person:
        states.caption(_("No row has a person and an item."))
        return
    counts = {
        "positive": _("a hit"),
        "signal": _("a signal, no hit"),
        "shown": _("was shown"),
        "negative": _("not wanted"),
    }
    named = any(one.event for one in seen.person)
    rows: list[tuple[str | Cell, ...]] = [
        (
            Cell(one.item, one.time),
            *([one.event] if named else []),
            meaning_name(one.meaning) if named else _("event"),
            counts.get(one.counts, one.counts),
        )
        for one in seen.person
    ]
    head = [_("Item"), *([_("In the file")] if named else []), _("Read as"), _("Counts as")]
    st.html(page_tables.table(head, rows))
