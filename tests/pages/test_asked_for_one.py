"""Dear lists on People: those of people who were not asked about are made when wished for."""

import pytest

from tests.models import HashModel
from tests.pages.conftest import Open, settled


@pytest.mark.usefixtures("hash_model")
def test_a_list_is_asked_for_one_person_and_stands_then(people: Open, hash_model: HashModel) -> None:
    at = people(recommenders="item_knn,llm_rerank(history=3,people=1)")
    users = [f"p{number:02}" for number in range(12)]
    for user in users:  # all but one were not asked about
        at = settled(people(recommenders="item_knn,llm_rerank(history=3,people=1)", person=user))
        if any(str(button.key) == "ask_now_1" for button in at.button):
            break
    assert not any(str(button.key).startswith("why_1_") for button in at.button)
    before = len(hash_model.asked)
    at.button(key="ask_now_1").click()
    settled(at)
    assert len(hash_model.asked) == before + 2  # two orders, of a history that no other test asks about
    assert any(str(button.key).startswith("why_1_") for button in at.button)
    captions = [caption.value.replace("\\", "") for caption in at.caption]
    assert "Asked just for this person; it counts in no figure." in captions
    again = settled(people(recommenders="item_knn,llm_rerank(history=3,people=1)", person=user))
    assert any(str(button.key).startswith("why_1_") for button in again.button)
    assert len(hash_model.asked) == before + 2
