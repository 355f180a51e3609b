"""Each form as its publisher writes it, in a few rows: told by content under any name, and read."""

import gzip
import uuid
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.data.heads import heads
from core.data.load import Source, load
from core.data.readers.base import READERS, choose
from core.data.recognise import guesses
from core.work.errors import BadInput
from tests.core.data.forms import FORMS, MIND_ROW, lines, written


def loaded(folder: Path, form: str) -> Dataset:
    return load(Source(data=str(written(folder, form))))


@pytest.mark.parametrize("form", FORMS)
def test_its_own_reader_is_the_surest(form: str, tmp_path: Path) -> None:
    assert choose(written(tmp_path, form)).name == form


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("open_bandit", "lightgcn")])
def test_names_of_files_do_not_matter(form: str, tmp_path: Path) -> None:
    """As uploads are kept: under names that nobody gave. (Folders of Open Bandit say policy and campaign.)"""
    known = loaded(tmp_path, form)
    (tmp_path / "other").mkdir()
    for content in FORMS[form].values():
        (tmp_path / "other" / f"{uuid.uuid4().hex}.txt").write_text(content, "utf-8")
    other = load(Source(data=str(tmp_path / "other")))
    assert other.origin.reader == form
    assert other.counts == known.counts


@pytest.mark.parametrize("form", FORMS)
def test_gzipped_and_in_a_zip_it_is_the_same(form: str, tmp_path: Path) -> None:
    known = loaded(tmp_path / "plain", form)
    for name, content in FORMS[form].items():
        file = tmp_path / "packed" / f"{name}.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.compress(content.encode()))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, content in FORMS[form].items():
            archive.writestr(f"top/{name}", content)
    for path in (tmp_path / "packed", tmp_path / "all.zip"):
        found = load(Source(data=str(path)))
        assert (found.origin.reader, found.counts) == (form, known.counts), path.name
        pd.testing.assert_frame_equal(found.items, known.items)


def test_no_reader_takes_what_is_of_another(tmp_path: Path) -> None:
    """However sure: no two readers but the generic one claim the same folder."""
    for form in FORMS:
        folder = written(tmp_path / form, form)
        claims = {name for name, cls in READERS.all().items() if cls().sure(folder) > 0}
        assert claims - {"generic"} == {form}


def test_movielens_100k(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "movielens_100k")
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 2}
    assert dataset.items.loc["20", "title"] == "Amélie"
    assert [(did.step, did.examples) for did in dataset.origin.cleaning] == [
        ("files left out", ("README", "u1.base"))
    ]


def test_movielens_1m(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "movielens_1m")
    assert dataset.items.loc["10", "title"] == "Toy Story, The (1995)"
    assert dataset.users.loc["2", "zip"] == "70072-1234"
    assert dataset.origin.personal == ("gender", "age", "occupation", "zip")


def test_movielens_latest_has_tags_as_text(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "movielens_latest")
    assert dataset.items["tags"].to_dict() == {"10": "pixar|fun", "20": ""}
    assert dataset.items.loc["10", "imdbId"] == "0114709"
    assert dataset.interactions["value"].tolist() == [4.0, 4.5]


def test_mind(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "mind")
    log = dataset.impressions
    assert log["position"].tolist() == [1, 2, 1, 2, 3]
    assert log["clicked"].tolist() == [True, False, False, False, True]
    assert dataset.interactions["kind"].astype("str").tolist() == ["history", "history", "click", "click"]
    assert dataset.interactions["timestamp"].isna().sum() == 2
    assert dataset.items.loc["N3", "title"] == 'A "quoted, title'
    assert dataset.items.loc["N9", "text"] == ""


def test_mind_without_clicks_is_refused(tmp_path: Path) -> None:
    """Its test part hides what was clicked."""
    (tmp_path / "behaviors.tsv").write_text(MIND_ROW.format(1, "U1", 11, "N1", "N3 N4"))
    with pytest.raises(BadInput, match="doesn't say what was clicked"):
        load(Source(data=str(tmp_path)))


def test_open_bandit(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "open_bandit")
    assert dataset.item_ids.tolist() == ["men-5", "women-5"]
    assert sorted(dataset.impressions["policy"].astype("str")) == ["men-random", "women-bts"]
    assert dataset.counts["interactions"] == 2
    assert len(dataset.interactions) == 0
    assert "no ids of people" in dataset.origin.description
    assert set(dataset.origin.personal) == {"user_feature_0", "user_feature_1"}


def test_amazon(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "amazon")
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 3}
    assert sorted(dataset.reviews["text"]) == ["Five\nGood & cheap", "Five\nGood & cheap", "More\nAgain"]
    item = dataset.items.loc["B1"]
    assert (item["title"], item["price"], item["tags"]) == ("Gift & card", 1025.5, "Gifts|Cards")
    assert item["text"] == "A card. For all. Small"
    steps = {did.step: did.count for did in dataset.origin.cleaning}
    assert steps == {"repeated pairs": 1, "repeated products": 1}


def test_amazon_of_2023(tmp_path: Path) -> None:
    review = {
        "rating": 4.0,
        "title": "Fine",
        "text": "Works",
        "images": [],
        "asin": "B1",
        "parent_asin": "P1",
    }
    more = {"user_id": "AE", "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": True}
    about = {"main_category": "Gifts", "title": "Card", "average_rating": 4.5, "price": 5.0, "store": "Acme"}
    (tmp_path / "a.jsonl").write_text(
        lines(review | more, review | more | {"user_id": "AF", "parent_asin": "P2"})
    )
    pictures = [{"thumb": "http://x/t.jpg", "large": "http://x/l.jpg", "variant": "MAIN"}]
    (tmp_path / "b.jsonl").write_text(
        lines(about | {"parent_asin": "P1", "images": pictures, "categories": ["Gifts"]})
    )
    dataset = load(Source(data=str(tmp_path)))
    assert dataset.origin.reader == "amazon"
    assert dataset.item_ids.tolist() == ["P1", "P2"]
    assert f"{dataset.interactions['timestamp'].min():%Y}" == "2020"
    assert dataset.items.loc["P1", "image"] == "http://x/l.jpg"


def test_yoochoose(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "yoochoose")
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 4}
    assert dataset.origin.split == "by_time(test=0.2,last=1)"
    assert dataset.items.loc["214536500", "price"] == 1046


def test_shop_events(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "shop_events")
    assert sorted(dataset.interactions["kind"].astype("str")) == ["cart", "purchase", "view"]
    assert [(one.name, one.meaning) for one in dataset.origin.events if one.name == "addtocart"] == [
        ("addtocart", "cart")
    ]
    assert dataset.items.loc["248676", "category"] == "1338"


def test_rees46(tmp_path: Path) -> None:
    (tmp_path / "2019-Oct.csv").write_text(
        "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n"
        "2019-10-01 00:00:00 UTC,view,44,21,,shiseido,35.79,1,s1\n"
        "2019-10-01 00:00:01 UTC,purchase,39,20,appliances.kettle,aqua,33.20,2,s2\n"
    )
    dataset = load(Source(data=str(tmp_path / "2019-Oct.csv")))
    assert dataset.origin.reader == "shop_events"
    assert dataset.items.loc["39", "category"] == "appliances.kettle"
    assert dataset.items.loc["39", "price"] == 33.2
    assert dataset.timed == 1.0


def test_douban(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "douban")
    item = dataset.items.loc["0"]
    assert (item["title"], item["category"], item["tags"], item["language"]) == (
        "雪崩行动",
        "喜剧|惊悚",
        "马特|欧文|乔希",
        "zh",
    )


def test_lightgcn(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "lightgcn")
    assert dataset.counts == {"users": 2, "items": 4, "interactions": 8}
    assert dataset.interactions["part"].astype("str").value_counts().to_dict() == {"train": 5, "test": 3}
    steps = {did.step: did.examples for did in dataset.origin.cleaning}
    assert steps == {"people without items": ("2",)}


def test_recbole(tmp_path: Path) -> None:
    dataset = loaded(tmp_path, "recbole")
    assert dataset.items.loc["10", "title"] == "Toy Story"
    assert dataset.items.loc["10", "category"] == "Animation|Comedy"
    assert dataset.users.loc["1", "age"] == "24"
    assert dataset.origin.personal == ("age",)


def test_guesses_look_into_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("u.csv", "user,item\na,1\nb,2\n")
    assert [one.reader for one in guesses(Source(data=str(tmp_path / "all.zip")))] == ["generic"]
    assert [one.kind for one in heads(tmp_path / "all.zip")] == [""]
