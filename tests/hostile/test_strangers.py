"""Hostile input to pages, addresses and exports: each case one test, numbered as the list of cases is."""

import io
import re
import stat
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data import upload
from core.data.load import Source, load
from core.data.positive import positives
from core.data.upload import Given
from core.work.errors import BadInput
from core.work.settings import settings
from core.work.sheets import csv_text
from pages.parts import job_panel, session, url_state
from pages.parts.text import escaped, markdown, plain

LOG = b"user,item\n" + b"".join(
    b"a%d,i%d\n" % (user, (user + step) % 5) for user in range(6) for step in range(3)
)
ROOT = Path(__file__).parents[2]

NAMES = {
    "climbing": "../../../../tmp/touchstone-escaped.csv",
    "drive letter": "C:\\Windows\\system32\\log.csv",
    "absolute": "/tmp/touchstone-escaped.csv",
    "UNC path": "\\\\server\\share\\log.csv",
    "4,000 characters": "x" * 4000 + ".csv",
    "control characters": "a\x00b\r\n\x1b[31m\u202e.csv",
    "nothing": "",
    "dots": "..",
    "device": "/dev/null",
    "markup": "<img src=x onerror=alert(1)>.csv",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_2_no_file_is_written_under_a_name_that_a_user_gave(name: str) -> None:
    path = upload.path_of(upload.keep([Given(name, io.BytesIO(LOG), len(LOG))]))
    assert path.is_relative_to(settings().temporary_folder)
    assert re.fullmatch(r"[0-9a-f]{32}\.txt", path.name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not Path("/tmp/touchstone-escaped.csv").exists()
    dataset = load(Source(data=f"upload:{path.parent.parent.name.rpartition('-')[2]}"))
    assert len(dataset.name) <= 80
    assert not re.search(r"[\x00-\x1f/\\\u202e]", dataset.name)


ADDRESSES = {
    "dunder": {"recommenders": "__class__"},
    "call": {"recommenders": "ease(__import__('os'))"},
    "k below": {"k": "-1"},
    "k above": {"k": "1000000000"},
    "k no number": {"k": "١٠"},
    "markup as a person": {"person": "<script>alert(1)</script>"},
    "100,000 recommenders": {"recommenders": ",".join(["ease"] * 100_000)},
    "100,000 characters": {"person": "x" * 100_000},
    "path as data": {"data": "/etc/passwd"},
    "upload as data": {"data": "upload:" + "0" * 32},
    "split": {"split": "by_time(test=1e308)"},
    "order": {"order": "__init__"},
    "minimum": {"min_user": "-5"},
    "minimum above": {"min_item": "9" * 400},
    "seen": {"exclude_seen": "all of it"},
    "layout": {"layout": "<b>"},
    "zero byte": {"person": "a\x00b"},
}


@pytest.mark.parametrize("query", ADDRESSES.values(), ids=ADDRESSES)
def test_5_parameters_of_an_address_are_clamped_or_refused(query: dict[str, str]) -> None:
    state, refused = url_state.read(query, session.shelf().get)
    assert state.experiment(data="shop").data == "shop"
    assert 1 <= state.k <= 1000 and len(state.recommenders) <= 7 and len(state.person) <= 500
    assert refused or url_state.write(state) != query or "person" in query
    assert all(len(str(error)) < 2_000 for error in refused)


def test_5_an_expression_of_an_address_is_no_code(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(LOG)
    rows = load(Source(data=str(tmp_path / "log.csv"))).interactions
    for text in ("rating>=__import__('os')", "kind in (", "__class__", "kind == x; import os", "(" * 200):
        state, _refused = url_state.read({"positive": text}, session.shelf().get)
        with pytest.raises(BadInput):
            positives(state.positive or "(", rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\n="])
def test_6_cells_that_begin_like_a_formula_are_neutralised_in_csv(start: str) -> None:
    frame = pd.DataFrame({f"{start}head": [f"{start}1+1", "tea"], "n": [-1.5, 2.0]})
    read = pd.read_csv(io.StringIO(csv_text(frame)), dtype=str, keep_default_na=False)
    assert str(read.columns[0]).startswith("'") and str(read.iloc[0, 0]).startswith("'")
    assert read.iloc[1, 0] == "tea" and read["n"].tolist() == ["-1.5", "2.0"]


TITLES = {
    "script": "<script>alert(1)</script>",
    "picture": "![x](http://example.org/x.png)",
    "link": "[click](javascript:alert(1))",
    "formula": "$\\frac{a}{b}$",
    "icon": ":material/delete: :red[x] :smile:",
    "10,000 characters": "x" * 10_000,
    "right to left": "\u202etxt.exe",
    "bold": "**a** _b_ `c` ~~d~~ # e",
    "address": "http://example.org",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_7_titles_are_shown_as_text(title: str) -> None:
    assert len(plain(title)) <= 300 and "\u202e" not in plain(title)
    assert not re.search(r"[<>]", escaped(title))
    shown = markdown(title)
    for special in re.finditer(r"[*_`\[\]()$:<>~#!]", shown):
        assert shown[special.start() - 1] == "\\"


def test_7_a_page_full_of_hostile_titles_shows_them_as_text(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(LOG)
    items = pd.DataFrame({"item": [f"i{at}" for at in range(5)], "title": list(TITLES.values())[:5]})
    items.to_csv(tmp_path / "items.csv", index=False)
    at = opened(
        session.shelf().put(Source(data=str(tmp_path)), "hostile"), "explore/people", split="random(test=0.4)"
    )
    shown = "\n".join(element.value for element in at.html)
    assert "alert" not in re.sub(r"&lt;.*?&gt;", "", shown) or "<script" not in shown
    assert "<script" not in shown and "onerror" not in shown
    labels = " ".join(button.label for button in at.button)
    for raw in ("![x](", "](javascript", "$\\frac", ":material/delete:"):
        assert raw not in labels


def opened(data: str, page: str, **query: str) -> AppTest:
    """A page on a data set, with its jobs waited for."""
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in {"data": data, **query}.items():
        at.query_params[name] = value
    at.run()
    at.switch_page(f"pages/{page}.py")
    for _ in range(200):
        at.run()
        if not any(status.state in ("queued", "running") for status in job_panel.desk().jobs()):
            break
    at.run()
    assert not at.exception
    return at


def test_9_two_sessions_with_different_uploads_do_not_mix() -> None:
    other = LOG.replace(b"a", b"b")
    keys = []
    for content in (LOG, other):
        address = upload.keep([Given("log.csv", io.BytesIO(content), len(content))])
        keys.append(session.shelf().put(Source(data=address), "log", passing=True))
    assert keys[0] != keys[1]
    first, second = (load(session.shelf().get(key)) for key in keys)
    assert set(first.user_ids).isdisjoint(second.user_ids)
    assert not set(keys) & set(session.shelf().keys())  # nobody is offered another's upload
    with pytest.raises(Exception) as unknown:
        session.shelf().get("no-such-set")
    assert not any(key in str(unknown.value) for key in keys)


def test_11_uploads_are_private_and_no_file_is_left_open() -> None:
    before = open_files()
    for _ in range(50):
        upload.discard(upload.keep([Given("log.csv", io.BytesIO(LOG), len(LOG))]))
    assert open_files() <= before + 2


def open_files() -> int:
    """How many files this process has open; 0 where the system does not say."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
