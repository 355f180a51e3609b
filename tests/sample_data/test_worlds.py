"""A domain is one file: the simulator takes any world, and knows the name of none."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sample_data.simulator import simulate
from sample_data.world import Both, choices, weights
from sample_data.worlds.shop import WORLD
from sample_data.write import write_sample
from tests.sample_data.shop import read_shop

CODE = Path(__file__).parents[2] / "sample_data"


@pytest.mark.parametrize("path", sorted(CODE.glob("*.py")), ids=lambda path: path.name)
def test_the_simulator_imports_no_world(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("sample_data.worlds")


def test_another_world_is_another_vocabulary(tmp_path: Path) -> None:
    small = replace(
        WORLD, key="small", departments=WORLD.departments[:3], n_items=40, n_users=60, n_slates=900
    )
    write_sample(simulate(small, seed=1), 1, 1, tmp_path)
    sample = read_shop(tmp_path)
    assert sample.shape == (60, 40)
    assert len(sample.impressions) == 4_500
    assert sample.items["category"].nunique() == 3


def test_another_seed_makes_other_data() -> None:
    small = replace(WORLD, n_items=40, n_users=60, n_slates=900)
    one, same, other = (simulate(small, seed) for seed in (1, 1, 2))
    assert one.texts == same.texts != other.texts
    np.testing.assert_array_equal(one.log.items, same.log.items)
    assert (one.log.clicked != other.log.clicked).any()


def _phrases() -> list[Both]:
    features = [feature for department in WORLD.departments for feature in department.features]
    kinds = [kind for department in WORLD.departments for kind in department.kinds]
    reviews = WORLD.reviews
    return [
        *(phrase for feature in features for phrase in (feature.tells, feature.praise, feature.complaint)),
        *(phrase for kind in kinds for phrase in (kind.materials, kind.variants)),
        *(phrase for department in WORLD.departments for phrase in (department.makers, department.closers)),
        *(WORLD.openers, WORLD.making, WORLD.looks, WORLD.wrappings, WORLD.queries),
        *(*reviews.openers, *reviews.closers, reviews.contexts),
    ]


def test_every_phrase_has_as_many_alternatives_in_both_languages() -> None:
    assert all(len(choices(phrase)) >= 1 for phrase in _phrases())


def test_kinds_speak_of_what_their_department_knows() -> None:
    for department in WORLD.departments:
        known = {feature.adjective[0] for feature in department.features}
        for kind in department.kinds:
            assert set(kind.features.split()) <= known, kind.name
            assert len(kind.features.split()) >= 2
            assert set(weights(kind.interests)) <= set(WORLD.interests)


def test_every_feature_is_used() -> None:
    for department in WORLD.departments:
        used = {name for kind in department.kinds for name in kind.features.split()}
        assert used == {feature.adjective[0] for feature in department.features}


def test_segments_share_all_people() -> None:
    assert sum(segment.share for segment in WORLD.segments) == pytest.approx(1)
    assert all(set(weights(segment.interests)) <= set(WORLD.interests) for segment in WORLD.segments)
