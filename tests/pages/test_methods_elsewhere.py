"""Methods says how other tools compute a metric, and which compute it the same."""

from tests.pages.conftest import Open


def captions(at: object) -> str:
    return " ".join(one.value for one in at.caption).replace("\\", "")  # type: ignore[attr-defined]


def test_how_other_tools_differ_stands_with_the_metric(app: Open) -> None:
    at = app("manage/methods", term="ndcg")
    assert not at.exception
    text = captions(at)
    assert "RecTools 0.19.0: The best list is one of k hits" in text
    assert "LensKit 2025.8.1: The first two places weigh the same" in text
    assert "The same in RecBole 1.2.1." in text
    assert "The same in RecTools 0.19.0, RecBole 1.2.1 and LensKit 2025.8.1." in text  # hit rate and MRR
