"""Lineage follows data through results and their parts."""

import gc
from types import SimpleNamespace

import numpy as np

from core.work.lineage import Descent, freeze
from tests.core.work.steps_for_tests import Pair


def test_a_part_of_a_result_descends_from_what_the_result_does() -> None:
    descent, train, test = Descent(), np.arange(3), np.arange(3)
    descent.remember((Pair(train, [test]), "text"), frozenset({"data"}))
    assert descent.of([train]) == {"data"}
    assert descent.of({"a": test}) == {"data"}
    assert descent.of(np.arange(3)) == frozenset()  # equal, but not from there


def test_fingerprints_and_lineages_of_their_own_count() -> None:
    data = SimpleNamespace(fingerprint="data", lineage=frozenset({"file"}))
    assert Descent().of((data, 1)) == {"data", "file"}


def test_what_is_gone_is_not_remembered() -> None:
    descent, array = Descent(), np.arange(3)
    descent.remember(array, frozenset({"data"}))
    del array
    gc.collect()
    assert descent._known == {}


def test_freezing_counts_the_bytes_and_locks_the_arrays() -> None:
    array = np.arange(4, dtype=np.int64)
    assert freeze([Pair(array, b"12"), "text"]) == 34
    assert not array.flags.writeable
