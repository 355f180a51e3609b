"""What every split promises."""

import numpy as np
import pytest

from core.data.events import Events, events
from core.data.folds import folds
from core.data.splits import Split, split_of
from core.work.errors import BadInput
from tests.contract.things import bounds, items, log, splits
from tests.making import dataset

pytestmark = pytest.mark.parametrize("split", splits())


def found() -> Events:
    return events(dataset(log(), items=items()), "kind = buy", seed=0)


def test_every_row_is_in_one_place(split: Split) -> None:
    """Train, test, revealed and left out are all rows, and no row is in two of them."""
    own = found()
    for part in split.divide(own, seed=0):
        assert (np.sum([part.train, part.test, part.reveal, part.left_out(own.positive)], axis=0) == 1).all()


def test_only_positive_rows_are_held_out(split: Split) -> None:
    """A view is no hit where purchases count."""
    own = found()
    for part in split.divide(own, seed=0):
        assert part.test.any()
        assert own.positive[part.test].all()


def test_the_seed_decides(split: Split) -> None:
    """The same seed divides the same way."""
    own = found()
    for one, other in zip(split.divide(own, seed=3), split.divide(own, seed=3), strict=True):
        assert np.array_equal(one.test, other.test)


def test_nothing_held_out_is_in_training(split: Split) -> None:
    """What a person is judged by is not what was learnt of them."""
    for fold in folds(dataset(log(), items=items()), split, "kind = buy"):
        assert fold.test.truth.multiply(fold.test.history).nnz == 0
        known = fold.test.users >= 0
        learnt = fold.train.positives[fold.test.users[known]]
        assert fold.test.truth[np.flatnonzero(known)].multiply(learnt).nnz == 0


def test_everybody_judged_has_something_held_out(split: Split) -> None:
    """n counts people with at least one held-out item."""
    for fold in folds(dataset(log(), items=items()), split, "kind = buy"):
        assert np.diff(fold.test.truth.indptr).min() >= 1
        assert sorted(set(fold.test.user_ids)) == fold.test.user_ids.tolist()


def test_its_spec_is_itself(split: Split) -> None:
    """What is written in a link or a file reads back as the same split."""
    assert split_of(split.spec) == split
    with pytest.raises(BadInput, match="surprise"):
        split_of(f"{split.name}(surprise=1)")


def test_settings_have_bounds_and_a_description(split: Split) -> None:
    """A form and the reference are made from them."""
    assert split.label.strip()
    assert (type(split).__doc__ or "").strip()
    for name, field in type(split).model_fields.items():
        assert (field.description or "").strip(), name
        metadata = [
            *field.metadata,
            *(
                rule
                for one in getattr(field.annotation, "__args__", ())
                for rule in getattr(one, "__metadata__", ())
            ),
        ]
        flat = [rule for one in metadata for rule in getattr(one, "metadata", [one])]
        assert None not in bounds(flat), name
