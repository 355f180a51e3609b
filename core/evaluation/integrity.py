"""Integrity: what a reader should know before believing a number. Each a line with a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.data.dataset import Did
from core.data.folds import Fold
from core.evaluation.lists import Lists
from core.language.asked import together
from core.language.model import why
from core.work.artifacts import artifact

MANY_LOST = 0.05  # of the test people


@artifact
@dataclass(frozen=True)
class Check:
    """A check, its verdict (ok, warning or failed) and what was found."""

    check: str
    verdict: Literal["ok", "warning", "failed"]
    detail: str


def checks(
    folds: Sequence[Fold],
    rows: Sequence[tuple[str, Sequence[Lists]]],
    said: Sequence[Did],
    failures: Sequence[tuple[str, str]],
    given: bool = False,
    cleaning: Sequence[Did] = (),
    kept: bool = False,
) -> tuple[Check, ...]:
    """The checks of a comparison: leakage, time, seen items, lost people, candidates, lists.

    `given` says that the parts came with the files: there, a pair in both is a leak, not a repeat. `kept`
    says that repeated rows were not taken out by `cleaning`.
    """
    return (
        _leakage(folds),
        *_time(folds),
        _seen(folds, rows),
        _repeated(cleaning, kept),
        _lost(folds),
        *_dropped(folds, given),
        *_candidates(folds),
        *(check for label, made in rows for check in (*_sample(label, made), *_model(label, made))),
        *(Check(did.step, "warning", f"{did.count:,}: {did.detail}") for did in said),
        *(Check(spec, "failed", message) for spec, message in failures),
    )


def _leakage(folds: Sequence[Fold]) -> Check:
    shared = sum(int(fold.test.truth.multiply(fold.test.history).nnz) for fold in folds)
    pairs = sum(int(fold.test.truth.nnz) for fold in folds)
    detail = f"{shared:,} of {pairs:,} held-out pairs are also in training"
    return Check("held-out pairs in training", "warning" if shared else "ok", detail)


def _time(folds: Sequence[Fold]) -> list[Check]:
    fold = folds[0]
    if fold.test.time is None:
        return []
    late = int((fold.train.rank >= fold.test.time).sum())
    return [
        Check(
            "future in training",
            "failed" if late else "ok",
            f"{late:,} training rows at or after the split's moment",
        )
    ]


def _seen(folds: Sequence[Fold], rows: Sequence[tuple[str, Sequence[Lists]]]) -> Check:
    guilty = []
    for label, made in rows:
        count = sum(_masked(fold, one) for fold, one in zip(folds, made, strict=True))
        if count:
            guilty.append(f"{label}: {count:,}")
    detail = (
        "none" if not guilty else "places in lists that hold an item seen in training: " + "; ".join(guilty)
    )
    return Check("seen items recommended", "warning" if guilty else "ok", detail)


def _repeated(cleaning: Sequence[Did], kept: bool) -> Check:
    """Rows that say the same twice: taken out, so that nobody's interactions count twice, or left in."""
    if kept:
        return Check("repeated rows", "warning", "left in: cleaning was told not to look for them")
    many = sum(did.count for did in cleaning if did.cleaner == "duplicates")
    return Check("repeated rows", "ok", f"{many:,} taken out by cleaning")


def _masked(fold: Fold, made: Lists) -> int:
    items = made.ranked.items
    rows, places = np.nonzero(items >= 0)
    if not len(rows):
        return 0
    many = fold.test.masked.shape[1]
    masked = fold.test.masked.tocoo()
    return int(
        np.isin(rows * many + items[rows, places], masked.row.astype(np.int64) * many + masked.col).sum()
    )


def _lost(folds: Sequence[Fold]) -> Check:
    judged = sum(len(fold.test.user_ids) for fold in folds)
    lost = sum(
        did.count for fold in folds for did in fold.dropped if did.step == "people unknown to training"
    )
    share = lost / max(judged + lost, 1)
    detail = f"{lost:,} of {judged + lost:,} people of the test part are unknown to training ({share:.1%})"
    return Check("people lost", "warning" if share > MANY_LOST else "ok", detail)


def _dropped(folds: Sequence[Fold], given: bool) -> list[Check]:
    """What a split leaves out on purpose is ok; what it assumes, for want of a column, is a warning."""
    doubtful = {"positives", *(("test pairs already seen in training",) if given else ())}
    found = [did for fold in folds for did in fold.dropped if did.step != "people unknown to training"]
    return [
        Check(did.step, "warning" if did.step in doubtful else "ok", f"{did.count:,}: {did.detail}")
        for did in found
    ]


def _sample(label: str, made: Sequence[Lists]) -> list[Check]:
    """That lists are too dear to make for everybody, and what a difference is then over."""
    people = sum(len(one.ranked.user_ids) for one in made)
    asked = sum(
        len(one.ranked.user_ids) if one.ranked.asked is None else int(one.ranked.asked.sum()) for one in made
    )
    if asked == people:
        return []
    detail = f"lists for {asked:,} of {people:,} people, chosen by a hash; differences to it are over these"
    return [Check("a sample was asked", "warning", f"{label}: {detail}")]


def _model(label: str, made: Sequence[Lists]) -> list[Check]:
    """Which language model answered, and how often it did not: then the first order stayed."""
    spent = together([one.ranked.spent for one in made])
    if spent is None:
        return []
    took = f"{spent.asked_tokens:,} tokens asked and {spent.said_tokens:,} said in {spent.seconds:,.0f} s"
    answers = (
        f"{spent.asked:,} questions to {why(spent.model)}, {spent.kept:,} of them answered before; {took}"
    )
    cost = f"; cost {spent.cost:.4g}" if spent.cost else ""
    found = [Check("language model", "ok", f"{label}: {answers}{cost}")]
    if spent.failed:
        reasons = why("; ".join(spent.reasons))
        unanswered = (
            f"{spent.failed:,} of {spent.asked:,} questions have none, so a first order stays: {reasons}"
        )
        found.append(Check("without an answer", "warning", f"{label}: {unanswered}"))
    return found


def _candidates(folds: Sequence[Fold]) -> list[Check]:
    if folds[0].test.candidates is None:
        return []
    mean = np.mean(
        [np.diff(fold.test.candidates.indptr).mean() for fold in folds if fold.test.candidates is not None]
    )
    detail = (
        f"{mean:.0f} candidates a person: metrics on sampled candidates can order recommenders differently"
        " from a full ranking (Krichene & Rendle 2020)"
    )
    return [Check("sampled candidates", "warning", detail)]
