"""A list as titled rows: every place once, under the thing that speaks for it."""

from hypothesis import given
from hypothesis import strategies as st

from core.explain.shelves import MOST, SMALLEST, Known, shelves
from core.explain.why import Named, Strongest, Why
from core.recommenders.reason import Part, Reason


def because(item: str, anchor: str) -> Why:
    reason = Reason("items", (Part(1.0, 0),), 1.0)
    return Why(item, reason, (Strongest((Named(anchor, 1.0, 1.0),), 0, 0.0, 0.0),))


def popular(item: str) -> Why:
    reason = Reason("popular", (Part(2.0),), 2.0, n=2, of=3)
    return Why(item, reason, (Strongest((Named("", 2.0, 1.0),), 0, 0.0, 0.0),))


KNOWN = Known(
    {"h1": "Tent", "h2": "Lamp"}, {"a": "Outdoor", "d": "Home", "e": "Home|Garden"}, {"h1": "purchase"}
)


def titles(reasons: list[Why], known: Known = KNOWN) -> list[tuple[str, tuple[int, ...]]]:
    made = []
    for one in shelves(reasons, known):
        (sentence,) = one.draft.sentences
        made.append((sentence.wordings[0].format(**{n: v[0] for n, v in sentence.facts}), one.places))
    return made


def test_rows_stand_under_what_speaks_for_their_items() -> None:
    reasons = [popular("p"), because("a", "h1"), popular("q"), because("b", "h1"), because("c", "h2")]
    assert titles(reasons) == [
        ("Popular with everybody", (0, 2)),
        ("Because you bought Tent", (1, 3)),
        ("Also for you", (4,)),
    ]


def test_what_shares_no_item_stands_under_its_category() -> None:
    reasons = [because("d", "h1"), because("e", "h2"), because("x", "unknown")]
    assert titles(reasons) == [("More about Home", (0, 1)), ("Also for you", (2,))]


def test_an_item_without_a_title_is_named_by_no_row() -> None:
    assert titles([because("x", "?"), because("y", "?")]) == [("Also for you", (0, 1))]
    assert titles([]) == []


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["h1", "h2", "?", ""])), max_size=20))
def test_every_place_stands_in_one_row(given_: list[tuple[str, str]]) -> None:
    reasons = [because(item, anchor) if anchor else popular(item) for item, anchor in given_]
    rows = shelves(reasons, KNOWN)
    assert sorted(at for row in rows for at in row.places) == list(range(len(reasons)))
    assert len(rows) <= MOST
    assert all(len(row.places) >= SMALLEST for row in rows[:-1])
    assert all(list(row.places) == sorted(row.places) for row in rows)
