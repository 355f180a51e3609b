"""A data set at a glance, on a log that fits on a page."""

from pathlib import Path

import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.data.load import Source, load
from core.data.overview import Overview, Stage, events_by_day, overview
from core.work.report import silent

LOG = """who,item_id,event,stars,date
ann,1,view,,2024-01-01
ann,2,view,,2024-01-01
ann,2,purchase,5,2024-01-02
ann,3,view,,2024-01-02
bob,2,view,,2024-01-02
bob,2,purchase,4,2024-01-03
cid,3,view,,2024-01-03
cid,3,view,,2024-01-04
"""


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    (tmp_path / "log.csv").write_text(LOG.replace("who", "customer"))
    (tmp_path / "goods.csv").write_text("item_id,name,colour\n1,One,red\n2,Two,\n3,,blue\n")
    return load(Source(data=str(tmp_path)))


def seen(dataset: Dataset) -> Overview:
    return overview(dataset, settings=None, report=silent)


def test_columns_are_shown_with_their_names_in_the_file_and_three_values(dataset: Dataset) -> None:
    found = {(one.table, one.column): one for one in seen(dataset).meanings}
    assert found["interactions", "user"].source == "customer"
    assert found["interactions", "user"].examples == ("ann", "bob", "cid")
    assert found["interactions", "value"].source == "stars"
    assert found["interactions", "value"].filled == 2 / 8
    assert found["items", "title"].source == "name"
    assert found["items", "title"].examples == ("One", "Two")
    assert found["items", "colour"].kind == ""
    assert ("interactions", "session") not in found
    assert ("items", "price") not in found


def test_a_personal_column_shows_only_values_that_five_people_share(dataset: Dataset) -> None:
    people = [f"p{number}" for number in range(7)]
    users = pd.DataFrame({"city": ["Lyon"] * 5 + ["Nice", "Brest"]}, index=pd.Index(people, name="user"))
    from dataclasses import replace

    with_people = replace(dataset.with_origin(personal=("city",)), users=users)
    (city,) = [one for one in seen(with_people).meanings if one.column == "city"]
    assert (city.personal, city.examples) == (True, ("Lyon",))


def test_activity_and_popularity(dataset: Dataset) -> None:
    found = seen(dataset)
    assert (found.activity.n, found.activity.most, found.activity.median, found.activity.once) == (
        3,
        4,
        2.0,
        0,
    )
    assert found.activity.curve["count"].tolist() == [4, 2, 2]
    assert found.activity.curve["cumulated"].tolist() == [0.5, 0.75, 1.0]
    assert found.popularity.curve["count"].tolist() == [4, 3, 1]
    assert found.popularity.once == 1
    assert found.popularity.top_tenth == 0.5


def test_sparsity_counts_pairs_once(dataset: Dataset) -> None:
    assert seen(dataset).sparsity == pytest.approx(1 - 5 / 9)


def test_the_funnel_goes_from_view_to_purchase(dataset: Dataset) -> None:
    assert seen(dataset).funnel == (Stage("view", 6, 3), Stage("purchase", 2, 2))


def test_events_by_day(dataset: Dataset) -> None:
    days, by_month = events_by_day(dataset)
    assert not by_month
    assert list(days.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2024-01-01"), "view", 2),
        (pd.Timestamp("2024-01-02"), "purchase", 1),
        (pd.Timestamp("2024-01-02"), "view", 2),
        (pd.Timestamp("2024-01-03"), "purchase", 1),
        (pd.Timestamp("2024-01-03"), "view", 1),
        (pd.Timestamp("2024-01-04"), "view", 1),
    ]


def test_a_long_history_is_counted_by_month(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item,date\na,1,2020-01-05\na,2,2020-01-06\nb,1,2022-03-01\n")
    days, by_month = events_by_day(load(Source(data=str(tmp_path / "log.csv"))))
    assert by_month
    assert days["events"].tolist() == [2, 1]


def test_no_times_give_no_days(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    found = seen(load(Source(data=str(tmp_path / "log.csv"))))
    assert found.days.empty and found.first is None and found.allowed.timed == 0


def test_what_it_allows(dataset: Dataset) -> None:
    found = seen(dataset).allowed
    assert (found.timed, found.rated, found.kinds) == (1.0, 0.25, ("purchase", "view"))
    assert (found.impressions, found.texts, found.pictures, found.given) == (0, 2, 0, False)
