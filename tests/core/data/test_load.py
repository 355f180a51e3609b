"""Loading: which reader takes a source, what is joined to it, and which file is which part."""

from pathlib import Path

import pandas as pd
import pytest

from core.data.load import Source, load, source_fingerprint
from core.data.readers.base import choose
from core.work.errors import BadInput

LOG = "user,item,rating,timestamp\nann,tea,5,1\nbo,jam,4,2\n"


def folder_of(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(content, "utf-8")
    return folder


def test_a_file_under_usual_names(tmp_path: Path) -> None:
    folder_of(tmp_path, log__csv="userId,movieId,Rating,timestamp\n1,10,5,1\n2,20,4,2\n")
    dataset = load(Source(data=str(tmp_path / "log.csv")))
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 2}
    assert dataset.interactions["value"].tolist() == [5, 4]
    assert dataset.timed == 1.0


def test_a_folder_with_items_and_people_beside_the_log(tmp_path: Path) -> None:
    folder_of(
        tmp_path,
        ratings__csv=LOG,
        movies__csv="item,title,genres\ntea,Tea,Drinks\n",
        users__csv="user,age\nann,30\n",
        notes__md="nothing",
    )
    dataset = load(Source(data=str(tmp_path)))
    assert dataset.items.loc["tea", "title"] == "Tea"
    assert dataset.users.loc["ann", "age"] == "30"
    assert [(did.step, did.examples) for did in dataset.origin.cleaning] == [
        ("files left out", ("notes.md",))
    ]


def test_train_and_test_in_a_folder_are_their_union(tmp_path: Path) -> None:
    folder_of(tmp_path, train__csv=LOG, test__csv="user,item\nann,jam\n")
    dataset = load(Source(data=str(tmp_path)))
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 3}
    assert dataset.interactions["part"].astype("str").tolist().count("test") == 1


def test_two_files_given_by_name(tmp_path: Path) -> None:
    folder_of(tmp_path, a__csv=LOG, b__tsv="user\titem\nann\tjam\n")
    dataset = load(Source(train=str(tmp_path / "a.csv"), test=str(tmp_path / "b.tsv")))
    assert (dataset.name, dataset.origin.split) == ("a and b", "given")
    assert [file.rows for file in dataset.origin.files] == [2, 1]


def test_numbers_of_one_file_are_the_text_of_the_other(tmp_path: Path) -> None:
    pd.DataFrame({"user": [1, 2], "item": [10, 20]}).to_parquet(tmp_path / "train.parquet")
    folder_of(tmp_path, test__csv="user,item\n1,20\n")
    dataset = load(Source(train=str(tmp_path / "train.parquet"), test=str(tmp_path / "test.csv")))
    assert list(dataset.user_ids) == ["1", "2"]


def test_item_details_are_joined_and_strangers_said(tmp_path: Path) -> None:
    folder_of(tmp_path, log__csv=LOG, items__csv="item,title,price\ntea,Green tea,3\npie,Apple pie,4\n")
    dataset = load(Source(data=str(tmp_path / "log.csv"), items=str(tmp_path / "items.csv")))
    assert list(dataset.catalogue) == ["jam", "pie", "tea"]
    assert [(did.step, did.count) for did in dataset.origin.cleaning] == [("items without interactions", 1)]


def test_item_details_win_over_what_the_source_says(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    folder_of(
        tmp_path / "data", log__csv=LOG, items__csv="item,title,category\ntea,Tea,Drinks\njam,Jam,Food\n"
    )
    folder_of(tmp_path, more__csv="item,title\ntea,Green tea\n")
    dataset = load(Source(data=str(tmp_path / "data"), items=str(tmp_path / "more.csv")))
    assert dataset.items["title"].to_dict() == {"jam": "Jam", "tea": "Green tea"}
    assert dataset.items["category"].to_dict() == {"jam": "Food", "tea": "Drinks"}


def test_item_details_without_an_id_are_dropped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    folder_of(tmp_path / "data", log__csv=LOG, items__csv="item,title\ntea,Tea\n")
    folder_of(tmp_path, more__csv="item,title\ntea,Green tea\n,Nothing\n,Nobody\n")
    dataset = load(Source(data=str(tmp_path / "data"), items=str(tmp_path / "more.csv")))
    assert list(dataset.items.index) == ["tea"]
    assert [did.count for did in dataset.origin.cleaning] == [2]


def test_the_fingerprint_of_files_is_of_their_content(tmp_path: Path) -> None:
    folder_of(tmp_path, log__csv=LOG)
    source = Source(data=str(tmp_path / "log.csv"))
    before = source_fingerprint(source)
    assert before == source_fingerprint(source)
    folder_of(tmp_path, log__csv=LOG + "bo,tea,1,3\n")
    assert before != source_fingerprint(source)


def test_a_reader_may_be_named(tmp_path: Path) -> None:
    folder_of(tmp_path, log__csv=LOG)
    assert choose(tmp_path / "log.csv").name == "generic"
    assert choose(tmp_path / "log.csv", "touchstone").name == "touchstone"
    with pytest.raises(BadInput, match="no reader named 'generik'"):
        choose(tmp_path / "log.csv", "generik")


def test_a_folder_of_nothing_is_not_understood(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="isn't understood"):
        load(Source(data=str(tmp_path)))


MOVIELENS = {
    "u.data": "1\t10\t5\t881250949\n2\t20\t3\t881250950\n",
    "u.item": "10|Toy Story (1995)|01-Jan-1995||http://x|" + "|".join("0001110000000000000") + "\n"
    "20|Amélie|01-Jan-2001||http://x|" + "|".join("0000000010000000000") + "\n",
    "u.user": "1|24|M|technician|85711\n2|53|F|other|94043\n",
}


def test_movielens_100k(tmp_path: Path) -> None:
    for name, content in MOVIELENS.items():
        (tmp_path / name).write_bytes(content.encode("latin-1"))
    dataset = load(Source(data=str(tmp_path)))
    assert dataset.origin.reader == "movielens_100k"
    assert dataset.items["title"].to_dict() == {"10": "Toy Story (1995)", "20": "Amélie"}
    assert dataset.items["category"].to_dict() == {"10": "Animation|Children's|Comedy", "20": "Drama"}
    assert dataset.users.loc["1", "occupation"] == "technician"
    assert set(dataset.origin.personal) == {"age", "gender", "occupation", "zip"}


OURS = (
    '{"schema": 1, "name": "Ours", "positive": "kind in (buy)", "split": "leave_last(n=1)",'
    ' "personal": ["age"]}'
)


def ours(folder: Path, about: str = OURS, content: bytes | None = None) -> Source:
    (folder / "dataset.json").write_text(about)
    log = folder / "interactions.parquet"
    pd.DataFrame({"user": ["ann", "bo"], "item": ["tea", "jam"], "kind": ["buy", "view"]}).to_parquet(log)
    if content is not None:
        log.write_bytes(content)
    return Source(data=str(folder))


def test_a_folder_of_our_own_says_how_it_wants_to_be_read(tmp_path: Path) -> None:
    dataset = load(ours(tmp_path))
    origin = dataset.origin
    assert (dataset.name, origin.positive, origin.split, origin.personal) == (
        "Ours",
        "kind in (buy)",
        "leave_last(n=1)",
        ("age",),
    )


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ("{", "dataset.json can't be read"),
        ("[]", "dataset.json"),
        ("{}", "has schema None"),
        ('{"schema": 2}', "has schema 2"),
        ('{"schema": 1, "personal": 5}', "personal"),
        ('{"schema": 1, "nouns": ["film"]}', "nouns"),
    ],
)
def test_a_description_that_is_none_is_bad_input(about: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=message):
        load(ours(tmp_path, about))


def test_a_damaged_table_of_our_own_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"interactions\.parquet is a damaged Parquet file"):
        load(ours(tmp_path, content=b"PAR1 and no more"))
