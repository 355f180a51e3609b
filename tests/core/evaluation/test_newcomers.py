"""Newcomers in a world that can be checked by head: women like red things, men blue ones."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.content.embed import encoding
from core.content.encoders.base import encoder_of
from core.content.texts import content_of
from core.content.vocabulary import named, vocabulary
from core.content.wishes import by_rules
from core.data.dataset import Dataset
from core.data.folds import whole
from core.evaluation import newcomers as measuring
from core.evaluation.by_wishes import Wanted, by_wishes
from core.evaluation.fusion import fused
from core.evaluation.held_people import held_people
from core.evaluation.new_items import Asked, new_items
from core.evaluation.newcomer_lists import (
    ByLikes,
    Positives,
    Shown,
    by_details,
    by_likes,
    details_now,
    together,
)
from core.evaluation.newcomers import Newcomers, NewPeople, newcomers
from core.recommenders.base import recommender_of
from core.recommenders.fitting import Fit, fitting
from core.recommenders.popularity import Popularity
from core.work.desk import Desk
from core.work.errors import BadInput
from tests.core.evaluation.red_and_blue import ITEMS, PEOPLE, red_and_blue
from tests.making import dataset, random_log
from tests.models import HashModel

FITS: tuple[Fit, ...] = (fitting(recommender_of("item_knn")),)


@pytest.fixture(scope="module")
def world() -> Dataset:
    return red_and_blue()


def measured(desk: Desk, world: Dataset, **settings: object) -> Newcomers:
    asked = NewPeople(FITS, "", likes=(0, 1, 3), k=(5,), **settings)  # type: ignore[arg-type]
    return desk.run(newcomers, world, settings=asked)


def test_held_out_people_are_nowhere_in_training(world: Dataset) -> None:
    held = held_people(world, "", 5, 3, 0)
    strangers = set(held.user_ids)
    assert len(strangers) == PEOPLE // 5
    assert not strangers & set(held.train.user_ids)
    assert held.train.positives.shape[0] == PEOPLE - PEOPLE // 5
    everyone = whole(world)
    known = ~np.isin(everyone.user_ids, held.user_ids)
    assert held.train.positives.nnz == everyone.positives[known].nnz
    assert len(held.train.user) == int(known[everyone.user].sum())
    assert not strangers & set(held.train.users.index)


def test_what_is_done_by_held_out_people_changes_no_score(desk: Desk, world: Dataset) -> None:
    """Held-out people may have liked anything else: what is learnt stays the same, bit for bit."""
    held = held_people(world, "", 5, 3, 0)
    rows = world.interactions
    theirs = rows["user"].astype("str").isin(held.user_ids).to_numpy()
    before = rows["item"].astype("str")
    swapped = before.str.replace("red", "?").str.replace("blue", "red").str.replace("?", "blue")
    items = pd.Categorical(before.where(~theirs, swapped), rows["item"].cat.categories)
    other = held_people(replace(world, interactions=rows.assign(item=items)), "", 5, 3, 0)
    assert set(other.user_ids) == set(held.user_ids)
    assert (other.truth - held.truth).nnz
    assert other.train.fingerprint == held.train.fingerprint


def test_first_likes_are_told_in_order_and_the_rest_is_judged(world: Dataset) -> None:
    held = held_people(world, "", 5, 3, 0)
    train = whole(world)
    for row, user in enumerate(held.user_ids):
        mine = train.sequence[[int(np.flatnonzero(train.user_ids == user)[0])]]  # type: ignore[index]
        order = mine.indices[np.argsort(mine.data)]
        for likes in (0, 1, 3):
            told = held.told(likes)
            assert set(told.history[[row]].indices) == set(order[:likes])
            assert set(told.truth[[row]].indices) == set(order[3:])
            assert set(told.masked[[row]].indices) == set(order[:3])
    assert held.told(0).history.nnz == 0


def test_sentences_are_first_searches_before_what_is_judged(world: Dataset) -> None:
    held = held_people(world, "", 5, 3, 0)
    women = held.details["gender"].to_numpy() == "woman"
    assert held.sentences.tolist() == ["red thing" if woman else "blue thing" for woman in women]
    late = world.searches.assign(timestamp=world.interactions["timestamp"].max())
    moved = held_people(replace(world, searches=late), "", 5, 3, 0)
    assert not (moved.sentences != "").any()


def test_details_and_likes_beat_popularity_where_they_tell_all(desk: Desk, world: Dataset) -> None:
    found = measured(desk, world, sentences=False)
    at = found.column("precision", 5)
    popular, details = found.fared[0], found.of("details")
    liked = found.of("likes", "item_knn", likes=1)
    assert details is not None
    assert liked is not None
    assert details.estimates[at].mean > popular.estimates[at].mean + 0.1
    assert liked.estimates[at].mean > popular.estimates[at].mean + 0.1
    assert details.over[at].settled
    assert details.estimates[at].n == found.people == PEOPLE // 5
    assert details.estimates[at].low <= details.estimates[at].mean <= details.estimates[at].high


def test_likes_that_were_not_measured_take_the_next_lower(desk: Desk, world: Dataset) -> None:
    found = measured(desk, world, sentences=False)
    row = found.of("likes", "item_knn", likes=2)
    assert row is not None
    assert row.likes == 1
    assert found.of("likes", "ease", likes=2) is None


def test_a_sentence_that_names_the_colour_finds_it(desk: Desk, world: Dataset) -> None:
    found = measured(desk, world)
    sentence, popular = found.of("sentence"), found.fared[0]
    at = found.column("precision", 5)
    assert sentence is not None
    assert found.searched == found.people
    assert sentence.estimates[at].mean > popular.estimates[at].mean + 0.1
    assert found.together == ("details", "likes", "sentence")
    assert found.of("together", likes=3) is not None


def test_what_is_understood_of_a_sentence_is_measured_beside_it(desk: Desk, world: Dataset) -> None:
    """Everybody searches for the colour that they like, and every item says its colour."""
    found = measured(desk, world)
    understood = found.of("wishes")
    assert understood is not None
    at = found.column("precision", 5)
    assert understood.estimates[at].n == found.people
    assert understood.estimates[at].mean > found.fared[0].estimates[at].mean + 0.1
    assert not found.provisional


def test_what_is_refused_stands_behind_all_else(desk: Desk, world: Dataset) -> None:
    content = content_of(world)
    words = desk.run(vocabulary, content, settings=None)
    read = by_rules(named(words, "a thing, not red"))
    asked = Wanted(read, "a thing, not red", encoding(encoder_of("bert")), ("blue3",))
    shown = desk.run(by_wishes, content, words, settings=asked).places
    assert [place.item[:3] for place in shown] == ["blu"] * (ITEMS - 1) + ["red"] * ITEMS
    assert (shown[0].words, shown[0].against) == (("thing",), ())
    assert shown[-1].against == ("red",)
    assert "blue3" not in {place.item for place in shown}


def test_sentences_that_a_model_did_not_answer_are_counted(
    desk: Desk, world: Dataset, hash_model: HashModel
) -> None:
    """It answers letters, which are no sides: the rules read all, and the result is not final."""
    found = measured(desk, world, reader=hash_model.identity)
    assert found.unread == found.searched
    assert found.provisional
    plain = measured(desk, world)
    assert [one.estimates for one in found.fared] == [one.estimates for one in plain.fared]


def test_what_cannot_be_measured_says_why(desk: Desk) -> None:
    found = measured(desk, red_and_blue(searches=False, users=False))
    why = {one.way: one.why for one in found.unmeasured}
    assert set(why) == {"details", "sentence", "wishes"}
    assert "Nothing is known of people" in why["details"]
    assert "no searches" in why["sentence"]


def test_too_few_likes_are_refused(desk: Desk) -> None:
    few = dataset(random_log(people=20, items=10, each=4))
    with pytest.raises(BadInput, match="more than 9 interactions"):
        desk.run(newcomers, few, settings=NewPeople(FITS, "", likes=(9,)))


def test_new_items_are_placed_by_their_words(desk: Desk, world: Dataset) -> None:
    asked = Asked((encoding(encoder_of("tfidf")),), "", k=(2,))
    found = desk.run(new_items, world, settings=asked)
    chance, words = found.placed
    at = found.columns.index(("ndcg", 2))
    assert (found.items, found.known) == (6, 24)
    assert words.estimates[at].mean > chance.estimates[at].mean
    assert words.over[at].settled
    assert chance.over == ()


def test_new_items_have_no_part_in_what_people_are(desk: Desk, world: Dataset) -> None:
    train = whole(world)
    asked = Asked((encoding(encoder_of("tfidf")),), "", k=(2,))
    found = desk.run(new_items, world, settings=asked)
    assert found.items + found.known == len(train.item_ids)
    assert found.people <= len(train.user_ids)
    with pytest.raises(BadInput, match="Nothing is known of what items say"):
        desk.run(new_items, world, settings=Asked((), ""))


def test_lists_now_and_their_reasons(desk: Desk, world: Dataset) -> None:
    liked = desk.run(by_likes, world, settings=ByLikes(FITS[0], ("red1", "gone"), ""))
    assert all(place.item.startswith("red") for place in liked.places[:5])
    assert all(place.because == ("red1",) for place in liked.places[:5])
    assert "red1" not in {place.item for place in liked.places}
    popular = desk.run(by_likes, world, settings=ByLikes(fitting(Popularity()), (), ""))
    people = np.asarray(whole(world).positives.sum(axis=0)).ravel()
    assert popular.places[0].people == people.max()
    now = desk.run(details_now, world, settings=Positives(""))
    assert len(now.scorer.groups) == 0
    women = by_details(now, {"gender": "woman"}, ("red1",))
    assert all(place.item.startswith("red") for place in women.places[:5])
    assert women.places[0].parts[0].name == "gender woman"
    assert "red1" not in {place.item for place in women.places}
    both: Shown = together([women, liked], 3)
    assert all(place.because == ("red1",) and place.parts for place in both.places)


def test_fusion_by_head() -> None:
    """7 is first and second; 5 is third and first; 3 and 9 stand in one list each."""
    one, other = np.array([[7, 3, 5]]), np.array([[5, 7, 9]])
    assert fused([one, other], 4).tolist() == [[7, 5, 3, 9]]
    assert fused([one], 5).tolist() == [[7, 3, 5, -1, -1]]


def test_the_floor_stands_first() -> None:
    assert measuring.READ_NO_LIKES[0] == "popularity"
