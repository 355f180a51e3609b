"""Resamples of people for all estimates at once: the same draws, so that differences are paired."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.evaluation.offpolicy import examination
from core.evaluation.offpolicy.estimator import Draw, Estimator, Sums
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.rows import Rows
from core.evaluation.uncertainty import people_draws
from core.types import FloatArray, IntArray
from core.work.report import Report


@dataclass(frozen=True)
class Asked:
    """One estimate: which estimator of which rows."""

    estimator: Estimator
    rows: Rows
    user: IntArray  # (N,) whose impression a row is, among the log's people
    sums: Sums


def redrawn(
    asked: Sequence[Asked], log: Log, looks: FloatArray, seed: int, resamples: int, report: Report
) -> FloatArray:
    """(A, B) every estimate in each of B draws of people; `looks` are the sums of examination (U, 2K)."""
    people = len(log.user_ids)
    by_sums = [one for one in asked if one.estimator.redrawn is None]
    columns = [_of_people(one, log) for one in by_sums]
    whole = np.hstack([looks, *columns])
    ends = np.cumsum([looks.shape[1], *(column.shape[1] for column in columns)])
    out = np.empty((len(asked), resamples))
    for at, times in people_draws(people, seed, resamples, whole.shape[1]):
        report(at.start / resamples, f"Resampling people, {at.start:,} of {resamples:,}")
        drawn = times @ whole  # (b, columns)
        curves = examination.curve(drawn[:, : ends[0]])
        place = 0
        for row, one in enumerate(asked):
            if one.estimator.redrawn is not None:
                out[row, at] = one.estimator.redrawn(one.rows, Draw(times, one.user, curves))
                continue
            out[row, at] = one.sums.value(*_totals(one.sums, drawn[:, ends[place] : ends[place + 1]]))
            place += 1
    return out


def _of_people(one: Asked, log: Log) -> FloatArray:
    """(U, T), or (U, T·K) by position: the terms summed over each person's impressions."""
    people, width = len(log.user_ids), log.width if one.sums.by_position else 1
    cell = one.user.astype(np.int64) * width + (one.rows.position if one.sums.by_position else 0)
    sums = [np.bincount(cell, term, people * width).reshape(people, width) for term in one.sums.terms]
    return np.hstack(sums)


def _totals(made: Sums, drawn: FloatArray) -> FloatArray:
    """(T, b), or (T, K, b) by position, from sums of one estimate (b, T·K)."""
    terms = len(made.terms)
    width = drawn.shape[1] // terms
    split = drawn.T.reshape(terms, width, -1)
    return split if made.by_position else split[:, 0]
