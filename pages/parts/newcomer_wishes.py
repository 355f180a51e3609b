"""What was understood of a newcomer's sentence, shown for correction."""

from typing import TypeVar

import streamlit as st

from core.content.texts import Content
from core.content.vocabulary import MOST, Vocabulary, known_terms, terms, vocabulary
from core.content.wishes import RULES, Reading, Wishes, corrected, reads_by_default, understood
from pages.parts import job_panel, newcomer_data, session, states
from pages.parts.newcomer_data import Meant
from pages.parts.text import escaped, markdown, plain
from pages.parts.url_values import sides_of, sides_text
from pages.parts.words import _, listed, said, sentences

R = TypeVar("R")
LISTED = 500  # terms to choose from, those that most items say; any other can be typed
WISHES, DISLIKES = "newcomer_wishes", "newcomer_dislikes"


def form(content: Content, sentence: str) -> Meant | None:
    """Draws both sides and who read them; None while the sentence is read."""
    words = _got(newcomer_data.got(vocabulary, content, settings=None, key="newcomer_words"))
    if words is None:
        return None
    reading = Reading(sentence, reads_by_default())
    read = _got(newcomer_data.got(understood, words, settings=reading, key="newcomer_read"))
    if read is None:
        return None
    text = session.state().corrected
    found = corrected(words, read, *sides_of(text)) if text else read
    options = list(dict.fromkeys([*found.wishes, *found.dislikes, *terms(words, sentence)]))
    options = list(dict.fromkeys([*options, *words.terms[:LISTED].tolist()]))
    for key, label, chosen in (
        (WISHES, _("Wishes"), found.wishes),
        (DISLIKES, _("Does not want"), found.dislikes),
    ):
        st.session_state[key] = list(chosen)
        st.multiselect(
            label,
            options,
            key=key,
            format_func=lambda term: plain(term, 60),
            max_selections=MOST,
            placeholder=_("Choose or type words that items say"),
            accept_new_options=True,
            on_change=_changed,
            args=(words, key),
        )
    _who_read(words, reading, read)
    return Meant(words, found)


def _got(found: newcomer_data.Got[R]) -> R | None:
    if found.why:
        states.caption(found.why)
    return found.result


def _who_read(words: Vocabulary, reading: Reading, read: Wishes) -> None:
    """Who read the sentence, and the way back to that from a correction."""
    if read.why:
        states.caption(
            _("The language model did not read it, so rules did: {why}.").format(why=said(read.why))
        )
        st.button(_("Ask again"), key="newcomer_ask", type="tertiary", on_click=_again, args=(words, reading))
    corrected_here = bool(session.state().corrected)
    if corrected_here:
        said_first = _("Corrected here; that holds for this sentence.")
    elif read.by == RULES:
        said_first = _("Read by rules. Correct it above: the list follows.")
    else:
        line = _("Read by {model}. Correct it above: the list follows.").format(model=read.by)
        badge = f'<span class="ts-badge">{escaped(_("generated"))}</span>'
        st.html(f'<p class="ts-read">{badge} {escaped(line)}</p>')
        said_first = ""
    more = f"[{_('What this means')}]({session.link('methods', term='wishes')})"
    st.caption(f"{markdown(sentences([said_first, *_unknown(read)]), 600)} {more}")
    if corrected_here:
        st.button(_("As it was read"), key="newcomer_as_read", type="tertiary", on_click=_let_go)


def _unknown(found: Wishes) -> list[str]:
    """What becomes of words that no item says: of the sentence, and of one that was just typed."""
    typed = st.session_state.pop("newcomer_typed", "")
    lines = [_("No item says {words}.").format(words=plain(typed, 60))] if typed else []
    if found.others:
        words = listed([plain(word, 60) for word in found.others])
        lines.append(_("Said by no item, so sought by meaning only: {words}.").format(words=words))
    if found.absent:
        words = listed([plain(word, 60) for word in found.absent])
        lines.append(_("Not wanted, and said by no item: {words}.").format(words=words))
    return lines


def _changed(words: Vocabulary, key: str) -> None:
    """A term stands on the side where it was put last; what no item says is let go."""
    mine = [str(term) for term in st.session_state[key]][:MOST]
    other = DISLIKES if key == WISHES else WISHES
    known = known_terms(words, mine)
    theirs = known_terms(words, [str(term) for term in st.session_state[other]])
    sides = {key: known, other: tuple(term for term in theirs if term not in known)}
    st.session_state["newcomer_typed"] = next((one for one in mine if words.place(one) is None), "")
    session.change(corrected=sides_text(sides[WISHES], sides[DISLIKES]))


def _let_go() -> None:
    session.change(corrected="")


def _again(words: Vocabulary, reading: Reading) -> None:
    job_panel.desk().start(understood, words, settings=reading)
