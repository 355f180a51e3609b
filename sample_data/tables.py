"""The tables of a sample as its readers see them: ids are text, times are UTC, words are words."""

from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from sample_data.clock import HISTORY_START, LOG_START, log_end
from sample_data.descriptions import tags
from sample_data.simulator import Sample
from sample_data.slates import EXPLOIT
from sample_data.truth import SLATE_SIZE
from sample_data.world import LANGUAGES

PRODUCTION, UNIFORM = "production", "uniform"
LIBRARIES = ("numpy", "pandas", "pyarrow", "pillow")  # the same of each, the same bytes
PERSONAL = ["age", "gender", "occupation", "city", "registered"]


def all_tables(sample: Sample) -> dict[str, pd.DataFrame]:
    """Every table that a reader loads, by the name of its file."""
    found = {
        "interactions": _interactions(sample),
        "items": _items(sample),
        "users": _users(sample),
        "searches": _with_ids(sample, sample.searches),
        "reviews": _with_ids(sample, sample.reviews.assign(rating=sample.reviews["rating"].astype(np.int8))),
        "impressions": _impressions(sample),
        "relations": _relations(sample),
    }
    return {name: frame for name, frame in found.items() if len(frame)}


def _time(seconds: Any) -> pd.Series:
    return pd.Series(np.asarray(seconds, dtype="datetime64[s]").astype("datetime64[ms]")).dt.tz_localize(
        "UTC"
    )


def _labels(codes: Any, names: list[str]) -> "pd.Categorical[Any]":
    return pd.Categorical.from_codes(np.asarray(codes).astype(np.int64).tolist(), pd.Index(names))


def _item_ids(sample: Sample, codes: Any) -> "pd.Categorical[Any]":
    return _labels(codes, [item.key for item in sample.catalogue.items])


def _user_ids(sample: Sample, codes: Any) -> "pd.Categorical[Any]":
    return _labels(codes, sample.people.keys)


def _with_ids(sample: Sample, frame: pd.DataFrame) -> pd.DataFrame:
    named = frame.reset_index(drop=True)
    named["user"] = _user_ids(sample, named["user"])
    named["timestamp"] = _time(named["timestamp"])
    if "item" in named:
        named["item"] = _item_ids(sample, named["item"])
    return named


def _interactions(sample: Sample) -> pd.DataFrame:
    named = _with_ids(sample, sample.interactions)
    sessions = sample.interactions["session"].to_numpy()
    names = [f"s{number:06d}" for number in range(1, sessions.max() + 1)]
    named["session"] = _labels(sessions - 1, names)
    named["kind"] = named["kind"].astype("category")
    return named


def _items(sample: Sample) -> pd.DataFrame:
    items = sample.catalogue.items
    language = [item.language for item in items]
    frame = pd.DataFrame(
        {
            "item": [item.key for item in items],
            "title": [title[i] for (title, _), i in zip(sample.texts, language, strict=True)],
            "text": [text[i] for (_, text), i in zip(sample.texts, language, strict=True)],
            "category": [item.department.name[0] for item in items],
            "tags": [tags(sample.world, item)[item.language] for item in items],
            sample.world.rules.effort: _efforts(sample),
            "image": [f"images/{item.key}.png" for item in items],
            "language": [LANGUAGES[i] for i in language],
        }
    )
    if sample.world.rules.appears:
        frame["published"] = _time(sample.catalogue.published)
    return frame


def _efforts(sample: Sample) -> Any:
    efforts = sample.catalogue.prices
    return efforts if sample.world.rules.effort == "price" else efforts.astype(np.int16)


def _users(sample: Sample) -> pd.DataFrame:
    people = sample.people
    return pd.DataFrame(
        {
            "user": people.keys,
            "age": people.ages.astype(np.int16),
            "gender": people.genders,
            "occupation": people.occupations,
            "city": people.cities,
            "registered": _time(people.registered),
        }
    )


def _impressions(sample: Sample) -> pd.DataFrame:
    log = sample.log
    n = len(log.users)
    slates = np.arange(n, dtype=np.int32)
    flat = log.items.ravel()
    arm = np.repeat(sample.people.uniform_arm[log.users], SLATE_SIZE)
    frame = pd.DataFrame(
        {
            "slate": np.repeat(slates, SLATE_SIZE),
            "user": _user_ids(sample, np.repeat(log.users, SLATE_SIZE)),
            "timestamp": _time(np.repeat(log.times, SLATE_SIZE)),
            "position": np.tile(np.arange(1, SLATE_SIZE + 1, dtype=np.int8), n),
            "item": _item_ids(sample, flat),
            "price": sample.catalogue.prices[flat],
            "propensity": log.propensities.ravel(),
            "policy": _labels(arm, [PRODUCTION, UNIFORM]),
            "clicked": log.clicked.ravel(),
            "purchased": log.purchased.ravel(),
        }
    )
    return frame if sample.world.rules.effort == "price" else frame.drop(columns="price")


def _relations(sample: Sample) -> pd.DataFrame:
    friends = sample.bonds.friends
    named = {name: _user_ids(sample, friends[name]) for name in ("user", "other")}
    return pd.DataFrame(named).assign(kind=pd.Categorical(["friend"] * len(friends)))


def truth_tables(sample: Sample) -> dict[str, pd.DataFrame]:
    """What is true of people, items and words, beside the arrays."""
    people, catalogue, world = sample.people, sample.catalogue, sample.world
    names = [segment.name[0] for segment in world.segments]
    chinese = [
        (item, pair) for item, pair in zip(catalogue.items, sample.texts, strict=True) if item.language == 1
    ]
    return {
        "people": pd.DataFrame(
            {
                "user": people.keys,
                "segment": [names[i] for i in people.segments],
                "budget": people.budgets,
                "language": [LANGUAGES[i] for i in people.languages],
            }
        ),
        "items": pd.DataFrame(
            {
                "item": [item.key for item in catalogue.items],
                "kind": [item.kind.name[0] for item in catalogue.items],
                "colour": [item.colour[0] for item in catalogue.items],
                "pattern": [item.pattern for item in catalogue.items],
                "quality": catalogue.quality,
                **({"half_life": catalogue.half_lives} if world.rules.appears else {}),
            }
        ),
        "translations": pd.DataFrame(
            {
                "item": [item.key for item, _ in chinese],
                "title_en": [title[0] for _, (title, _) in chinese],
                "title_zh": [title[1] for _, (title, _) in chinese],
                "text_en": [text[0] for _, (_, text) in chinese],
                "text_zh": [text[1] for _, (_, text) in chinese],
            }
        ),
        "queries": sample.queries,
    }


def about(sample: Sample, seed: int, version: int) -> dict[str, Any]:
    """What a reader has to know before it opens the tables."""
    world = sample.world
    arm = float(np.mean(sample.people.uniform_arm))
    return {
        "schema": 1,
        "name": world.name,
        "description": world.description,
        "licence": "CC0-1.0",
        "source": world.source,
        "nouns": {name: noun[0] for name, noun in world.nouns.items()},
        "nouns_zh": {name: noun[1] for name, noun in world.nouns.items()},
        **({"currency": world.currency} if world.currency else {}),
        **({"items_are_people": True} if world.rules.mutual else {}),
        "positive": f"kind in ({world.rules.kinds[2]})",
        "split": "by_time(test=0.2)",
        "slate_size": SLATE_SIZE,
        "personal": PERSONAL,
        "policies": {
            PRODUCTION: {
                "share_of_people": round(1 - arm, 4),
                "description": f"Its own top {SLATE_SIZE} with probability {EXPLOIT}, else drawn at random.",
            },
            UNIFORM: {"share_of_people": round(arm, 4), "description": "Drawn at random."},
        },
        "periods": {name: _day(seconds) for name, seconds in _periods(world.rules.log_days).items()},
        "interests": list(world.interests),
        "segments": {segment.name[0]: segment.name[1] for segment in world.segments},
        "categories": {department.name[0]: department.name[1] for department in world.departments},
        "generator": {
            "command": f"python -m sample_data.generate {world.key}",
            "seed": seed,
            "version": version,
            "libraries": {name: metadata.version(name) for name in LIBRARIES},
        },
    }


def _periods(log_days: int) -> dict[str, int]:
    return {"history": HISTORY_START, "log": LOG_START, "end": log_end(log_days)}


def _day(seconds: int) -> str:
    return str(np.datetime64(seconds, "s").astype("datetime64[D]"))
