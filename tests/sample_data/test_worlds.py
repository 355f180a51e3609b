"""A domain is one file: the simulator takes any world, and knows the name of none."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sample_data.simulator import simulate
from sample_data.world import Both, World, choices, weights
from sample_data.write import write_sample
from tests.sample_data.sampled import NAMES, SAMPLES, WORLDS, read_sample


@pytest.fixture(params=NAMES)
def world(request: pytest.FixtureRequest) -> World:
    return WORLDS[request.param]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_the_simulator_imports_no_world(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("sample_data.worlds")


def test_every_world_is_shipped(world: World) -> None:
    assert (SAMPLES / world.key / "dataset.json").is_file()


def test_another_world_is_another_vocabulary(world: World, tmp_path: Path) -> None:
    small = replace(world, departments=world.departments[:3], n_items=40, n_users=60, n_slates=900)
    write_sample(simulate(small, seed=1), 1, 1, tmp_path)
    sample = read_sample(tmp_path, small)
    assert sample.shape == (60, 40)
    assert len(sample.impressions) == 4_500
    assert sample.items["category"].nunique() == 3


def test_another_seed_makes_other_data(world: World) -> None:
    small = replace(world, n_items=40, n_users=60, n_slates=900)
    one, same, other = (simulate(small, seed) for seed in (1, 1, 2))
    assert one.texts == same.texts != other.texts
    np.testing.assert_array_equal(one.log.items, same.log.items)
    assert (one.log.clicked != other.log.clicked).any()


def _phrases(world: World) -> list[Both]:
    features = [feature for department in world.departments for feature in department.features]
    kinds = [kind for department in world.departments for kind in department.kinds]
    reviews = world.reviews
    return [
        *(phrase for feature in features for phrase in (feature.tells, feature.praise, feature.complaint)),
        *(phrase for kind in kinds for phrase in (kind.materials, kind.variants, kind.titles, kind.leads)),
        *(phrase for department in world.departments for phrase in (department.makers, department.closers)),
        *(world.openers, world.making, world.looks, world.wrappings, world.queries),
        *(*reviews.openers, *reviews.closers, reviews.contexts),
    ]


def test_every_phrase_has_as_many_alternatives_in_both_languages(world: World) -> None:
    assert all(len(choices(phrase)) >= 1 for phrase in _phrases(world))


def test_no_alternative_stands_twice(world: World) -> None:
    named = [phrase for phrase in _phrases(world) if phrase not in (world.queries,)]
    for phrase in named:
        for words in phrase:
            alternatives = words.split("|")
            assert len(set(alternatives)) == len(alternatives), words


def test_kinds_speak_of_what_their_department_knows(world: World) -> None:
    for department in world.departments:
        known = {feature.adjective[0] for feature in department.features}
        for kind in department.kinds:
            assert set(kind.features.split()) <= known, kind.name
            assert len(kind.features.split()) >= 2
            assert set(weights(kind.interests)) <= set(world.interests)


def test_every_feature_is_used(world: World) -> None:
    for department in world.departments:
        used = {name for kind in department.kinds for name in kind.features.split()}
        assert used == {feature.adjective[0] for feature in department.features}


def test_every_interest_is_spoken_to(world: World) -> None:
    kinds = [kind for department in world.departments for kind in department.kinds]
    assert {name for kind in kinds for name in weights(kind.interests)} == set(world.interests)


def test_segments_share_all_people(world: World) -> None:
    assert sum(segment.share for segment in world.segments) == pytest.approx(1)
    assert all(set(weights(segment.interests)) <= set(world.interests) for segment in world.segments)
