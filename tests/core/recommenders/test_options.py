"""Settings as forms show them: of every recommender, from its own declaration."""

import pytest

from core.recommenders.base import RECOMMENDERS, Recommender
from core.recommenders.options import options_of


@pytest.mark.parametrize("cls", list(RECOMMENDERS.all().values()), ids=list(RECOMMENDERS.all()))
def test_every_setting_says_what_it_is_and_its_default_is_allowed(cls: type[Recommender]) -> None:
    for option in options_of(cls):
        assert option.description
        if option.choices:
            assert str(option.default) in option.choices
        if option.low is not None and option.high is not None:
            assert option.low <= option.default <= option.high
        assert cls.model_validate({option.name: option.default}) == cls()


def test_bounds_kind_and_scale_by_head() -> None:
    (l2,) = options_of(RECOMMENDERS.get("ease"))
    assert (l2.kind, l2.low, l2.high, l2.log, l2.default) == ("number", 1, 1e5, True, 500.0)
    by_name = {option.name: option for option in options_of(RECOMMENDERS.get("item_knn"))}
    assert by_name["k"].kind == "whole"
    assert "cosine" in by_name["similarity"].choices
