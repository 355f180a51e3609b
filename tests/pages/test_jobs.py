"""What a page shows of a job: waiting, failed, cancelled, started again."""

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from core.work.errors import BadInput
from core.work.report import Report
from core.work.steps import step
from pages.parts import job_panel
from tests.pages.conftest import html, waits

go_on = threading.Event()
broken = threading.Event()


@step(version=1)
def slow(name: str, *, settings: None, report: Report) -> str:
    """Waits until the test lets it go."""
    while not go_on.is_set():
        report(0.4, "Counting to a hundred")
        time.sleep(0.02)
    if broken.is_set():
        raise BadInput("The file has no users.", "a column of users.", "name one.")
    return f"{name} is done"


def page(name: str) -> None:
    import streamlit as st

    from pages.parts import job_panel, states
    from tests.pages.test_jobs import slow

    tray, waiting = st.container(), None
    try:
        states.text_line(job_panel.result(slow, name))
    except job_panel.Waiting as reason:
        waiting = reason
    except states.PageEnds:
        pass
    job_panel.poll(tray, waiting)


@pytest.fixture
def at(request: pytest.FixtureRequest) -> AppTest:
    go_on.clear()
    broken.clear()
    return AppTest.from_function(page, default_timeout=30, kwargs={"name": request.node.name}).run()


def ended() -> None:
    until = time.monotonic() + 30
    while any(status.state in ("queued", "running") for status in job_panel.desk().jobs()):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_page_waits_with_the_jobs_own_words_and_then_shows_the_result(at: AppTest) -> None:
    assert waits(at)
    assert "Counting to a hundred" in at.get("progress")[0].text
    go_on.set()
    ended()
    at.run()
    assert "is done" in html(at)
    assert not waits(at)


def test_cancel_shows_at_once_and_looking_again_starts_nothing(at: AppTest) -> None:
    before = time.monotonic()
    next(button for button in at.button if str(button.key).startswith("cancel_page")).click()
    at.run()
    assert time.monotonic() - before < 3
    assert "Cancelled." in html(at)
    at.run()
    assert not any(status.state in ("queued", "running") for status in job_panel.desk().jobs())
    go_on.set()
    at.button(key="start_again").click()
    at.run()
    ended()
    at.run()
    assert "is done" in html(at)


def test_a_failure_is_said_in_words_and_can_be_tried_again(at: AppTest) -> None:
    broken.set()
    go_on.set()
    ended()
    at.run()
    assert "The file has no users." in html(at)
    assert not at.exception
    broken.clear()
    at.button(key="start_again").click()
    at.run()
    ended()
    at.run()
    assert "is done" in html(at)


def test_two_pages_that_ask_for_the_same_share_one_job(at: AppTest, request: pytest.FixtureRequest) -> None:
    other = AppTest.from_function(page, default_timeout=30, kwargs={"name": request.node.name}).run()
    assert waits(at)
    assert waits(other)
    assert sum(status.state == "running" for status in job_panel.desk().jobs()) == 1
    go_on.set()
    ended()
    other.run()
    assert "is done" in html(other)
