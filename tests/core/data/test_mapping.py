"""Columns: guessed from names in two languages, from types and from how many values differ; corrected."""

from pathlib import Path

import pandas as pd
import pytest

from core.data.columns import LOG
from core.data.load import Source, load
from core.data.mapping import Mapping, chosen, guess, mapping_of
from core.data.preview import preview
from core.work.errors import BadInput


def roles(frame: pd.DataFrame, said: str = "") -> dict[str, str]:
    return chosen(guess(frame, mapping_of(said), "log.csv", LOG), LOG)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["userId", "movieId", "rating", "timestamp"], ["user", "item", "value", "timestamp"]),
        (["用户ID", "电影ID", "评分", "时间"], ["user", "item", "value", "timestamp"]),
        (["会员编号", "商品编号", "行为类型", "日期"], ["user", "item", "kind", "timestamp"]),
        (["Customer ID", "SKU", "event_type", "event_time"], ["user", "item", "kind", "timestamp"]),
        (["crm_member_key", "shop_product_key", "stars given", "x"], ["user", "item", "value", ""]),
    ],
)
def test_by_name(columns: list[str], expected: list[str]) -> None:
    frame = pd.DataFrame([["u1", "i1", "5", "1"], ["u2", "i2", "4", "2"]], columns=columns)
    found = {column: role for role, column in roles(frame).items()}
    assert [found.get(column, "") for column in columns] == expected


def test_by_content() -> None:
    """Times by their size, events by their words, ids are what is left, people first."""
    frame = pd.DataFrame(
        {
            "a": [f"k{at % 30}" for at in range(60)],
            "b": [f"p{at % 40}" for at in range(60)],
            "c": ["1511544070"] * 60,
            "d": ["pv", "buy"] * 30,
        }
    )
    assert roles(frame) == {"user": "a", "item": "b", "timestamp": "c", "kind": "d"}


def test_four_numbers_without_a_header(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("1\t10\t5\t881250949\n2\t20\t3\t881250950\n1\t20\t4\t881250951\n")
    dataset = load(Source(data=str(tmp_path / "log.txt")))
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 3}
    assert dataset.interactions["value"].tolist() == [5, 4, 3]
    assert dataset.timed == 1.0
    assert [did.step for did in dataset.origin.cleaning] == ["no header", "columns guessed"]


def test_what_is_said_wins(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("buyer,user,item,sku\nann,1,x,tea\nbo,2,x,jam\n")
    plain = load(Source(data=str(tmp_path / "log.csv"), reader="generic", columns="item=sku"))
    assert plain.item_ids.tolist() == ["jam", "tea"]
    said = load(Source(data=str(tmp_path / "log.csv"), columns="user=buyer,item=sku"))
    assert said.user_ids.tolist() == ["ann", "bo"]
    assert dict(said.origin.columns) == {"user": "buyer", "item": "sku"}


def test_numbered_columns_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("10,1,5\n20,2,3\n")
    dataset = load(
        Source(data=str(tmp_path / "log.csv"), columns="user=column 2,item=column 1,value=column 3")
    )
    assert (dataset.user_ids.tolist(), dataset.item_ids.tolist()) == (["1", "2"], ["10", "20"])


def test_a_role_may_be_held_by_none(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item,rating\na,1,x\nb,2,y\n")
    assert load(Source(data=str(tmp_path / "log.csv"), columns="value=")).counts["interactions"] == 2


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("user", "names no column"),
        ("usr=a", "no role of a column named 'usr'"),
        ("user=a,user=b", "given twice"),
        ("user=nowhere", "has no column 'nowhere'; it has 'user', 'item'"),
    ],
)
def test_a_mapping_that_does_not_fit(said: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    with pytest.raises(BadInput, match=message):
        load(Source(data=str(tmp_path / "log.csv"), columns=said))


def test_a_reader_that_knows_its_columns_takes_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    with pytest.raises(BadInput, match="mind knows its own"):
        load(Source(data=str(tmp_path / "log.csv"), reader="mind", columns="user=user"))


def test_names_with_commas_are_quoted() -> None:
    mapping = mapping_of('"user=who, where",item=sku')
    assert mapping == Mapping((("user", "who, where"), ("item", "sku")))
    assert dict(mapping_of(mapping.spec.replace('="who, where"', "=who")).said)["item"] == "sku"


def test_a_table_of_items_is_no_log(tmp_path: Path) -> None:
    """A category that looks like an id does not make people of products."""
    rows = "".join(f"{at},Shirt {at},{'MW'[at % 2]}\n" for at in range(60))
    (tmp_path / "items.csv").write_text("item,title,gender\n" + rows)
    with pytest.raises(BadInput, match="no user column"):
        load(Source(data=str(tmp_path / "items.csv")))


def test_sessions_stand_for_people_where_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("session_id,item,time\ns1,a,1\ns1,b,2\ns2,a,3\n")
    dataset = load(Source(data=str(tmp_path / "log.csv")))
    assert dataset.origin.split == "by_time(test=0.2,last=1)"
    assert [did.step for did in dataset.origin.cleaning] == ["sessions"]


def test_json_lines(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text(
        '{"uid": 9007199254740993, "sku": "a", "tags": ["x"]}\nno json\n{"uid": 2, "sku": "b"}\n'
    )
    dataset = load(Source(data=str(tmp_path / "log.jsonl")))
    assert dataset.user_ids.tolist() == ["2", "9007199254740993"]
    assert [(did.step, did.count) for did in dataset.origin.cleaning] == [
        ("malformed rows", 1),
        ("nested columns", 1),
    ]


def test_reviews_and_details_in_a_log(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(
        "user,item,title,price,rating,comment\na,1,Tea,2.5,5,Nice\nb,2,Jam,,4,\nb,1,Tea,2.5,1,Bad\n"
    )
    dataset = load(Source(data=str(tmp_path / "log.csv")))
    assert dataset.items["title"].to_dict() == {"1": "Tea", "2": "Jam"}
    assert sorted(dataset.reviews["text"]) == ["", "Bad", "Nice"]


def test_rows_that_differ_in_other_columns_are_no_repetitions(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item,shop\na,1,north\na,1,south\na,1,south\nb,2,north\n")
    dataset = load(Source(data=str(tmp_path / "log.csv")))
    assert dataset.counts["interactions"] == 3


def test_a_preview_says_what_each_column_is_and_how_sure(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("uid,shop_product_key,x\nann,tea,1\nbo,jam,2\n")
    found = preview(Source(data=str(tmp_path / "log.csv")))
    assert [(one.column, one.role, one.certainty) for one in found.columns] == [
        ("uid", "user", 0.95),
        ("shop_product_key", "item", 0.8),
        ("x", "", 0.0),
    ]
    assert found.columns[0].examples == ("ann", "bo")
    assert found.rows.to_dict("list") == {"user": ["ann", "bo"], "item": ["tea", "jam"]}
    assert not found.problem


def test_a_preview_says_why_a_mapping_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("who,what\nann,tea\nbo,jam\n")
    found = preview(Source(data=str(tmp_path / "log.csv"), columns="user=nobody"))
    assert "no column 'nobody'" in found.problem
    assert list(found.rows) == ["who", "what"]
