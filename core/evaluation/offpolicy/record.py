"""Clicks and sales as they leave the house: rows of JSON and tables."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from core.evaluation.integrity import Check
from core.evaluation.offpolicy.asked import Clicks, ClicksOf, Figure
from core.evaluation.offpolicy.words import reason, why_not
from core.evaluation.record import number


def clicks_rows(found: Clicks) -> list[dict[str, Any]]:
    """One row a recommender, rate and estimator, as docs/reference/cli.md has it."""
    return [_row(found, figure) for figure in found.figures]


def clicks_check(found: Clicks) -> Check:
    """What to know before believing them, as a line of integrity."""
    if why := why_not(found):
        return Check("clicks and sales", "ok", f"Not measurable: {why}")
    failed = [one.check for one in found.health if one.verdict == "failed"]
    detail = f"estimated from {found.slates:,} pages of {len(found.user_ids):,} people"
    if failed:
        return Check("clicks and sales", "failed", f"{detail}; failed: {', '.join(failed)}")
    return Check("clicks and sales", "ok", detail)


def with_clicks(whole: dict[str, Any], found: Clicks | None) -> dict[str, Any]:
    """A comparison as JSON, with what a log says of the same lists where that is known."""
    if found is None:
        return whole
    line = asdict(clicks_check(found))
    return whole | {"clicks": clicks_rows(found), "integrity": [*whole["integrity"], line]}


def asked_json(asked: ClicksOf) -> dict[str, Any]:
    """What determines the numbers beside the experiment."""
    return {
        "k": asked.k,
        "estimators": list(asked.estimators),
        "resamples": asked.resamples,
        "window": asked.window,
        "fit_propensities": asked.fit,
    }


def clicks_json(found: Clicks) -> dict[str, Any]:
    """What `clicks` writes: the rows, the log's health, how much positions are looked at."""
    return {
        "clicks": clicks_rows(found),
        "unmeasured": why_not(found),
        "health": [
            {"check": one.check, "verdict": one.verdict, "detail": one.detail} for one in found.health
        ],
        "log": {
            "people": len(found.user_ids),
            "pages": found.slates,
            "impressions": found.impressions,
            "left_out": [{"why": did.step, "pages": did.count} for did in found.left_out],
        },
        "examination": [
            {"position": at + 1, "value": number(value), "low": number(low), "high": number(high)}
            for at, (value, low, high) in enumerate(found.looks.T.tolist())
        ],
        "failures": [{"recommender": one.spec, "why": one.message} for one in found.failures],
    }


def clicks_frame(found: Clicks) -> pd.DataFrame:
    """The rows as a table."""
    return pd.DataFrame(clicks_rows(found))


def _row(found: Clicks, figure: Figure) -> dict[str, Any]:
    who, one, support = found.who[figure.who], figure.estimate, figure.support
    shown = figure.verdict.grade != "refused"
    return {
        "recommender": who.name,
        "metric": figure.metric,
        "estimator": figure.estimator,
        "value": number(one.mean) if shown else None,
        "low": number(one.low) if shown else None,
        "high": number(one.high) if shown else None,
        "effective_events": number(support.effective_events),
        "verdict": figure.verdict.grade,
        "reason": reason(figure),
        "kind": who.kind,
        "k": found.k,
        "people": who.people,
        "pages": who.slates,
        "impressions": who.impressions,
        "ess": number(support.ess),
        "mean_weight": number(support.mean_weight),
    }
