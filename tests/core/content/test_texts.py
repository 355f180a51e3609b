"""What items say, by head."""

import numpy as np
import pandas as pd

from core.content.texts import clean, content_of, said
from tests.making import dataset, log


def items() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "title": ["Warm jacket", "Tea", None],
            "text": ["<p>Keeps &amp; lasts</p>", None, None],
            "tags": ["rain|wool", None, None],
            "category": ["Clothing|Outdoor", "Kitchen", None],
        },
        index=pd.Index(["a", "b", "c"], name="item"),
    )


def test_title_text_and_tags_are_said_and_the_category_is_not() -> None:
    assert said(items(), ("title", "text", "tags")) == ["Warm jacket. Keeps & lasts . rain wool.", "Tea.", ""]


def test_markup_goes_and_what_is_no_markup_stays() -> None:
    assert clean("<script>alert(1)</script> 3 < 5 <3") == "alert(1) 3 < 5 <3"
    assert len(clean("word " * 100_000)) <= 50_000


def test_the_first_category_and_the_catalogue_count() -> None:
    found = content_of(dataset(log("ann a 1", "bo d 2"), items=items().reset_index()))
    assert found.item_ids.tolist() == ["a", "b", "c", "d"]
    assert found.categories.tolist() == ["Clothing", "Kitchen", "", ""]
    assert found.texts.tolist()[1:] == ["Tea.", "", ""]
    assert np.isnan(found.ratings).all()


def test_ratings_are_means_of_known_items() -> None:
    found = content_of(dataset(log("ann a 1", "bo b 2"), items=items().reset_index()))
    rated = found.rated(np.array(["a", "a", "zz", "b"], dtype=object), np.array([1.0, 4.0, 5.0, np.nan]))
    assert rated.ratings[0] == 2.5
    assert np.isnan(rated.ratings[1:]).all()
    assert rated.fingerprint != found.fingerprint
