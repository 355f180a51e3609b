"""How different the lists are, on Overview: the matrix, the pair, and where a pair leads."""

from streamlit.testing.v1 import AppTest

from core.evaluation.uncertainty import Estimate
from pages.parts.agreement_figure import matrix_figure, matrix_table
from tests.pages.conftest import Open, html, settled


def opened(at: AppTest) -> AppTest:
    at.session_state["agreement"] = True
    settled(at)
    return settled(at)


def text(at: AppTest) -> str:
    return html(at).replace("&#x27;", "'")


def test_nothing_is_worked_out_until_it_is_asked_for(app: Open) -> None:
    at = app(recommenders="popularity,item_knn,random")
    assert "agree most" not in text(at)
    assert "agree most" in text(opened(at))


def test_the_other_measure_and_another_pair(app: Open) -> None:
    at = opened(app(recommenders="popularity,item_knn,random"))
    assert "in RBO@10" in text(at)
    at.segmented_control(key="agreement_measure").set_value("jaccard")
    settled(at)
    assert "in Jaccard@10" in text(at)
    pairs = at.selectbox(key="agreement_pair").options
    assert len(pairs) == 3
    before = text(at)
    at.selectbox(key="agreement_pair").set_value(at.selectbox(key="agreement_pair").options[2])
    settled(at)
    assert text(at) != before
    assert "people?data=" in text(at)
    assert "shown to how many people" in text(at)


def test_two_recommenders_have_a_sentence_and_one_has_none(app: Open) -> None:
    assert "1 is the same list" in text(opened(app(recommenders="popularity,random")))
    alone = opened(app(recommenders="popularity"))
    assert any("there is no pair" in one.value for one in alone.caption)


def test_the_matrix_has_each_pair_once() -> None:
    values = tuple(Estimate(mean, mean - 0.01, mean + 0.01, 9) for mean in (0.1, 0.2, 0.3))
    for ground in ("light", "dark"):
        figure = matrix_figure(["A", "<b>", "C"], [2, 0, 1], values, ground)
        (heat,) = figure.data
        assert [[None if cell != cell else cell for cell in row] for row in heat.z] == [
            [0.2, None],
            [0.3, 0.1],
        ]
        assert list(figure.layout.yaxis.ticktext) == ["A", "&lt;b&gt;"]
        assert list(figure.layout.xaxis.ticktext) == ["C", "A"]
    table = matrix_table(["A", "<b>", "C"], values)
    assert table["agreement"].tolist() == [0.1, 0.2, 0.3]
    assert table["n"].tolist() == [9, 9, 9]
