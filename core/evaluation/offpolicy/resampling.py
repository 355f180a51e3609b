"""Resamples of people for all estimates at once: the same draws, so that differences are paired."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.evaluation.offpolicy import examination
from core.evaluation.offpolicy.estimator import Estimator, Redraw, Sums, totals
from core.evaluation.offpolicy.rows import Rows
from core.evaluation.offpolicy.supporting import Weighed
from core.evaluation.uncertainty import people_draws
from core.types import FloatArray
from core.work.report import Report


@dataclass(frozen=True)
class Asked:
    """One estimate, reduced to what a resample of people needs: the impressions themselves are let go."""

    value: float
    of_people: FloatArray  # (U, T), or (U, T·K) by position: sums of the terms; (U, 0) where it is redrawn
    terms: int
    by_position: bool
    sums: Sums | None  # without its terms; None where it is redrawn
    redraw: Redraw | None

    @staticmethod
    def of_rows(estimator: Estimator, rows: Rows, weighed: Weighed, people: int) -> "Asked":
        """The estimate of rows, weighed as all rewards share it, among so many people."""
        made = estimator.sums(rows, **estimator.settings)
        if estimator.redrawn is not None:
            value = _valued(made, totals(made, rows))
            nothing = np.empty((people, 0))
            redraw = estimator.redrawn(rows, weighed.user, people)
            return Asked(value, nothing, 0, by_position=False, sums=None, redraw=redraw)
        plain = _of_people(made, rows, weighed, people)
        whole = plain.sum(axis=0).reshape(len(made.terms), -1)
        value = _valued(made, whole if made.by_position else whole[:, 0])
        if estimator.leans:
            plain[:, 0] += _error_of_people(estimator, rows, weighed, people)
        terms = len(made.terms)
        kept = Sums((), made.value, made.by_position)
        return Asked(value, plain, terms, made.by_position, kept, None)


def _valued(made: Sums, whole: FloatArray) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(made.value(*whole))


def _error_of_people(estimator: Estimator, rows: Rows, weighed: Weighed, people: int) -> FloatArray:
    """(U,) the correction that an estimate goes without where a model stands alone; draws hold it.

    So an interval is no narrower than what the log leaves open about the model.
    """
    assert rows.modelled is not None
    at = rows.hits
    weights = estimator.weights_of(rows)[at]
    error = (weights - estimator.applied_to(weights)) * (rows.reward[at] - rows.modelled[at])
    return np.bincount(weighed.user[at], error, people).astype(np.float64)


def redrawn(
    asked: Sequence[Asked], looks: FloatArray, seed: int, resamples: int, report: Report
) -> tuple[FloatArray, FloatArray]:
    """(A, B) every estimate in each of B draws of people, and (B, K) examination in each.

    `looks` are the sums of examination (U, 2K).
    """
    whole = np.hstack([looks, *(one.of_people for one in asked)])
    ends = np.cumsum([looks.shape[1], *(one.of_people.shape[1] for one in asked)])
    out, curves = np.empty((len(asked), resamples)), np.empty((resamples, looks.shape[1] // 2))
    for at, times in people_draws(len(looks), seed, resamples, whole.shape[1]):
        report(at.start / resamples, f"Resampling people, {at.start:,} of {resamples:,}")
        drawn = times @ whole  # (b, columns)
        curves[at] = examination.curve(drawn[:, : ends[0]])
        for row, one in enumerate(asked):
            if one.redraw is not None:
                out[row, at] = one.redraw(times, curves[at])
            elif one.sums is not None:
                out[row, at] = one.sums.value(*_totals(one, drawn[:, ends[row] : ends[row + 1]]))
    return out, curves


def _of_people(made: Sums, rows: Rows, weighed: Weighed, people: int) -> FloatArray:
    """(U, T), or (U, T·K) by position: the terms summed over each person's impressions."""
    width = int(rows.position.max(initial=0)) + 1 if made.by_position else 1
    cell = weighed.user.astype(np.int64) * width + rows.position if made.by_position else weighed.user
    found = np.empty((people, len(made.terms) * width))
    for at, term in enumerate(made.terms):
        if term is rows.counted and not made.by_position:
            found[:, at] = np.pad(weighed.counted, (0, people - len(weighed.counted)))
            continue
        found[:, at * width : (at + 1) * width] = np.bincount(cell, term, people * width).reshape(-1, width)
    return found


def _totals(one: Asked, drawn: FloatArray) -> FloatArray:
    """(T, b), or (T, K, b) by position, from sums of one estimate (b, T·K)."""
    split = drawn.T.reshape(one.terms, -1, len(drawn))
    return split if one.by_position else split[:, 0]
