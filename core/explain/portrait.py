"""What a person is like, in a few sentences: the draft, from what the training part tells of them."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from core.content.sentiment import Sentiment
from core.data.dataset import Dataset
from core.data.ids import rows_with
from core.language.writing import Draft, Sentence

PURPOSE = "a portrait of a person in a few sentences, for a shop assistant"
NAMED = 2  # categories, topics
WORDS = 3  # keywords
FEWEST_DAYS = 20  # events before a day of the week is named
CLEAR = 3.0  # standard errors above an even week
FEWEST_MARKS = 3  # of a category that is liked or not
APART = 1.645  # standard errors between a category's mean mark and that of all others
WEEKENDS = "weekends"
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
INTERESTS = (
    "Mostly interested in {categories}.",
    "What they choose is mostly {categories}.",
    "Above all here for {categories}.",
)
TOPICS = ("Reads about {topics}.", "Their topics are {topics}.", "Drawn to {topics}.")
KEYWORDS = ("Words that stand out are {words}.", "Words they come back to are {words}.")
WHEN = ("Mostly here on {days} (UTC).", "{days} are their days (UTC).")
BOTH = ("Likes {likes}, not {dislikes}.", "Happier with {likes} than with {dislikes}.")
LIKES = ("Likes {likes}.", "Gives {likes} better marks than all else.")
DISLIKES = ("Does not like {dislikes}.", "Gives {dislikes} worse marks than all else.")
SINCE = ("{n} events since {day}.", "Here since {day}, with {n} events.")
COUNT = ("{n} events.",)
ONE = ("One event so far.",)


@dataclass(frozen=True)
class Known:
    """What is known of a person before the split."""

    events: pd.DataFrame  # timestamp, item and category of each
    topics: tuple[str, ...] = ()  # of their interests, the largest first
    words: tuple[str, ...] = ()  # keywords, the strongest first
    marks: pd.DataFrame | None = None  # category and mark, see `marks`


def portrait(known: Known) -> Draft | None:
    """The draft; None of a person of whom nothing is known."""
    if known.events.empty:
        return None
    made = []
    categories = tuple(_categories(known.events["category"]).value_counts().index)
    if categories:
        made.append(Sentence(INTERESTS, (("categories", categories[:NAMED]),)))
    if known.topics:
        made.append(Sentence(TOPICS, (("topics", known.topics[:NAMED]),)))
    if known.words:
        made.append(Sentence(KEYWORDS, (("words", known.words[:WORDS]),)))
    days = favourite_days(known.events["timestamp"])
    if days:
        made.append(Sentence(WHEN, (("days", (days,)),)))
    made += _opinions(known.marks)
    made.append(_count(known.events["timestamp"]))
    return Draft(PURPOSE, tuple(made))


def favourite_days(times: pd.Series) -> str:
    """The day of the week, or weekends, that has more of the events than an even week would; "" for none.

    More: by three standard errors of a share, with 20 events or more. Days are those of UTC.
    """
    known = times.dropna()
    n = len(known)
    if n < FEWEST_DAYS:
        return ""
    shares = np.bincount(known.dt.day_of_week.to_numpy(), minlength=7) / n
    for name, share, even in (
        (WEEKENDS, shares[5] + shares[6], 2 / 7),
        (DAYS[int(shares.argmax())], shares.max(), 1 / 7),
    ):
        if share - even > CLEAR * sqrt(even * (1 - even) / n):
            return name
    return ""


def marks(dataset: Dataset, user: str, events: pd.DataFrame, read: Sentiment | None) -> pd.DataFrame:
    """A person's opinions, −1 to 1, with the category of what they are about: ratings, else moods of reviews.

    `events` are those before the split; a rating counts by its place between the person's own extremes.
    """
    rated = events[(events["kind"] == "rating") & events["value"].notna()]
    if len(rated) and rated["value"].nunique() > 1:
        low, high = rated["value"].min(), rated["value"].max()
        return pd.DataFrame(
            {"category": rated["category"], "mark": 2 * (rated["value"] - low) / (high - low) - 1}
        )
    if read is None:
        return pd.DataFrame({"category": [], "mark": []})
    rows = rows_with(dataset.reviews["user"], user) & np.isfinite(read.scores)
    theirs, scores = dataset.reviews[rows], read.scores[rows]
    kept = theirs["item"].astype("str").isin(set(events["item"])).to_numpy()
    if events["timestamp"].notna().any():
        kept = kept & (theirs["timestamp"] <= events["timestamp"].max()).to_numpy()
    about = dataset.items["category"].reindex(theirs["item"].astype("str")).astype("str").fillna("")
    return pd.DataFrame({"category": about.to_numpy()[kept], "mark": scores[kept]})


def opinions(found: pd.DataFrame) -> tuple[str, str]:
    """The category with the best marks and the one with the worst; "" where none stands out.

    One stands out that has 3 marks or more and whose mean differs from that of all others by 1.645 standard
    errors of the difference (Welch). Several categories are looked at, so some stand out by chance.
    """
    rows = found.assign(category=found["category"].astype("str").str.split("|")).explode("category")
    gaps: dict[str, float] = {}
    for name in sorted({str(one) for one in rows["category"] if isinstance(one, str) and one}):
        inside = rows.loc[rows["category"] == name, "mark"]
        outside = found.loc[~found.index.isin(inside.index), "mark"]
        if min(len(inside), len(outside)) >= FEWEST_MARKS:
            error = sqrt(inside.var() / len(inside) + outside.var() / len(outside))
            if error:
                gaps[name] = float((inside.mean() - outside.mean()) / error)
    best, worst = (max(gaps, key=lambda name: sign * gaps[name], default="") for sign in (1, -1))
    return (
        best if best and gaps[best] > APART else "",
        worst if worst and gaps[worst] < -APART else "",
    )


def _opinions(found: pd.DataFrame | None) -> list[Sentence]:
    if found is None or found.empty:
        return []
    best, worst = opinions(found.reset_index(drop=True))
    likes, dislikes = ("likes", (best,)), ("dislikes", (worst,))
    if best and worst:
        return [Sentence(BOTH, (likes, dislikes))]
    if best:
        return [Sentence(LIKES, (likes,))]
    return [Sentence(DISLIKES, (dislikes,))] if worst else []


def _count(times: pd.Series) -> Sentence:
    n = ("n", (f"{len(times):,}",))
    known = times.dropna()
    if len(times) == 1:
        return Sentence(ONE, ())
    if known.empty:
        return Sentence(COUNT, (n,))
    return Sentence(SINCE, (n, ("day", (f"{known.min():%Y-%m-%d}",))))


def _categories(found: pd.Series) -> pd.Series:
    parts = found.astype("str").str.split("|").explode()
    return parts[parts.notna() & (parts != "")]
