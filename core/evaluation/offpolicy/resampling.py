"""Resamples of people for all estimates at once: the same draws, so that differences are paired."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.evaluation.offpolicy import examination
from core.evaluation.offpolicy.estimator import Estimator, Redraw, Sums, totals
from core.evaluation.offpolicy.rows import Rows
from core.evaluation.uncertainty import people_draws
from core.types import FloatArray, IntArray
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
    def of_rows(estimator: Estimator, rows: Rows, user: IntArray, people: int) -> "Asked":
        """The estimate of rows, user (N,) being whose they are among so many people."""
        made = estimator.sums(rows, **estimator.settings)
        with np.errstate(invalid="ignore", divide="ignore"):
            value = float(made.value(*totals(made, rows)))
        if estimator.redrawn is not None:
            nothing = np.empty((people, 0))
            redraw = estimator.redrawn(rows, user, people)
            return Asked(value, nothing, 0, by_position=False, sums=None, redraw=redraw)
        terms = len(made.terms)
        kept = Sums((), made.value, made.by_position)
        return Asked(value, _of_people(made, rows, user, people), terms, made.by_position, kept, None)


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


def _of_people(made: Sums, rows: Rows, user: IntArray, people: int) -> FloatArray:
    width = int(rows.position.max(initial=0)) + 1 if made.by_position else 1
    cell = user.astype(np.int64) * width + rows.position if made.by_position else user
    sums = [np.bincount(cell, term, people * width).reshape(people, width) for term in made.terms]
    return np.hstack(sums)


def _totals(one: Asked, drawn: FloatArray) -> FloatArray:
    """(T, b), or (T, K, b) by position, from sums of one estimate (b, T·K)."""
    split = drawn.T.reshape(one.terms, -1, len(drawn))
    return split if one.by_position else split[:, 0]
