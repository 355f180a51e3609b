"""What leaves the house: a Comparison as JSON (schema 1), as summary rows, as per-person rows."""

import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from core.data.checks import data_checks
from core.data.dataset import Dataset
from core.data.large.core import Core, Minimum
from core.data.large.describe import Described
from core.evaluation.comparison import Comparison, Entry, Facts
from core.evaluation.tunings import Kept, tuned_of

SCHEMA = 1


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The contract of the command line; see docs/reference/cli.md."""
    tuned = tuned_of(comparison)
    return {
        "schema": SCHEMA,
        "experiment": comparison.experiment.to_json(),
        "dataset": _facts(comparison.facts),
        "results": [
            {
                **_result(comparison, row, entry),
                "tuned": _tuned(tuned.get(entry.spec)),
                "language_model": asdict(spent) if (spent := comparison.ranked[row].spent) else None,
            }
            for row, entry in enumerate(comparison.entries)
        ],
        "clicks": [],
        "integrity": [
            {"check": one.check, "verdict": one.verdict, "detail": one.detail} for one in comparison.integrity
        ],
    }


def dataset_json(dataset: Dataset) -> dict[str, Any]:
    """What `describe` writes: counts, what cleaning did, what events mean, checks, files that were read."""
    facts = _facts_of(dataset)
    origin, log = dataset.origin, dataset.impressions
    return {
        "schema": SCHEMA,
        "dataset": {
            **_facts(facts),
            "catalogue_items": facts.catalogue_items,
            "impressions": len(log),
            "slates": int(log["slate"].nunique()),
            "shown_items": int(log["item"].nunique()),
            "clicked": int(log["clicked"].sum()),
            "sessions": int(dataset.interactions["session"].nunique()),
            "reviews": len(dataset.reviews),
            "kinds": {str(kind): int(n) for kind, n in dataset.interactions["kind"].value_counts().items()},
            "reader": origin.reader,
            "licence": origin.licence,
            "description": origin.description,
            "columns": dict(origin.columns),
            "events": [asdict(event) for event in origin.events],
            "skipped_cleaning": list(origin.off),
        },
        "cleaning": [
            {
                "step": did.step,
                "count": did.count,
                "detail": did.detail,
                "examples": list(did.examples),
                "cleaner": did.cleaner,
            }
            for did in origin.cleaning
        ],
        "checks": [{**asdict(one), "examples": list(one.examples)} for one in data_checks(dataset)],
        "files": [
            {"name": file.name, "rows": file.rows, "columns": list(file.columns)} for file in origin.files
        ],
    }


def facts_json(dataset: Dataset) -> dict[str, Any]:
    """What results say of the data set that they are of."""
    return _facts(_facts_of(dataset))


def core_json(minimum: Minimum, core: Core) -> dict[str, int]:
    """What is left with a minimum of rows a person and an item."""
    return {"min_user": minimum.user, "min_item": minimum.item, **asdict(core)}


def described_json(found: Described) -> dict[str, Any]:
    """What `describe` writes of a log that is larger than memory: the same form, what was counted of it."""
    facts = Facts(
        found.name,
        found.fingerprint,
        found.users,
        found.items,
        found.interactions,
        found.catalogue_items,
    )
    return {
        "schema": SCHEMA,
        "dataset": {
            **_facts(facts),
            "catalogue_items": found.catalogue_items,
            "impressions": found.impressions,
            "reader": "generic",
            "licence": "",
            "description": "",
            "columns": found.columns,
            "events": [asdict(event) for event in found.events],
            "skipped_cleaning": list(found.off),
        },
        "cleaning": [{**asdict(did), "examples": list(did.examples)} for did in found.cleaning],
        "checks": [],
        "files": [{**asdict(file), "columns": list(file.columns)} for file in found.files],
    }


def summary_rows(comparison: Comparison) -> pd.DataFrame:
    """One row a recommender and metric: recommender, metric, variant, k, mean, low, high, n."""
    rows = [
        {"recommender": entry.name, **metric}
        for row, entry in enumerate(comparison.entries)
        for metric in _result(comparison, row, entry)["metrics"]
    ]
    return pd.DataFrame(rows).rename(columns={"name": "metric"})


def person_rows(comparison: Comparison) -> pd.DataFrame:
    """One row a recommender, metric and person: recommender, metric, variant, k, user, value."""
    people = len(comparison.user_ids)
    frames = [
        pd.DataFrame(
            {
                "recommender": entry.name,
                "metric": column.name,
                "variant": column.variant,
                "k": column.k,
                "user": comparison.user_ids,
                "value": comparison.values[row, at],
            },
            index=range(people),
        )
        for row, entry in enumerate(comparison.entries)
        for at, column in enumerate(comparison.columns)
    ]
    return pd.concat(frames, ignore_index=True)


def _facts_of(dataset: Dataset) -> Facts:
    counts = dataset.counts
    return Facts(
        dataset.name,
        dataset.fingerprint,
        counts["users"],
        counts["items"],
        counts["interactions"],
        len(dataset.items),
    )


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "fingerprint": facts.fingerprint,
        "users": facts.users,
        "items": facts.items,
        "interactions": facts.interactions,
    }


def _result(comparison: Comparison, row: int, entry: Entry) -> dict[str, Any]:
    return {
        "recommender": entry.name,
        "settings": entry.settings,
        "fit_s": entry.fit.seconds,
        "recommend_s": entry.recommend.seconds,
        "peak_mb": max(entry.fit.peak_mb, entry.recommend.peak_mb),
        **_pace(comparison, row),
        "metrics": [
            {
                "name": column.name,
                "variant": column.variant,
                "k": column.k,
                "mean": number(one.mean),
                "low": number(one.low),
                "high": number(one.high),
                "n": one.n,
            }
            for column, one in zip(comparison.columns, comparison.estimates[row], strict=True)
        ],
    }


def _pace(comparison: Comparison, row: int) -> dict[str, Any]:
    """What one thread takes for 1,000 lists."""
    middle, late, blocks = comparison.pace(row)
    return {"per_1000_p50_s": number(middle), "per_1000_p95_s": number(late), "blocks": blocks}


def _tuned(found: Kept | None) -> dict[str, Any] | None:
    """With how many trials settings were chosen; None where they were not tuned here."""
    if found is None:
        return None
    return {name: getattr(found, name) for name in ("trials", "metric", "k", "sampler")}


def number(value: float) -> float | None:
    """The number, None for one that is not defined: JSON has no word for that."""
    return value if math.isfinite(value) else None
