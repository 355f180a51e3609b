"""Two runs beside each other, in words."""

from core.evaluation.two_runs import Gap, Paired, Side
from pages.parts import numbers, runs_data
from pages.parts.words import _, counted, sentences


def words(name: str) -> str:
    """A part of the experiment, in words."""
    return {
        "data": _("data set"),
        "train": _("file of training interactions"),
        "test": _("file of held-out interactions"),
        "items": _("file of item details"),
        "reader": _("reader"),
        "columns": _("columns"),
        "events": _("meanings of events"),
        "skip_cleaning": _("cleaning left out"),
        "pictures": _("pictures"),
        "query": _("query"),
        "items_query": _("query for items"),
        "candidates": _("candidates"),
        "negatives": _("drawn negatives"),
        "recommendations": _("ready-made lists"),
        "content": _("content of files or models"),
        "people": _("how many people"),
        "positive": _("what counts as a hit"),
        "exclude_seen": _("what is never recommended again"),
        "split": _("what is held out"),
        "min_user": _("events a person, at least"),
        "min_item": _("events an item, at least"),
        "recommenders": _("recommenders"),
        "metrics": _("metrics"),
        "k": _("cut-offs"),
        "seed": _("seed"),
    }.get(name, name)


def in_words(sides: list[Side], gaps: dict[str, Gap], title: str, second: str) -> str:
    """Who is told apart from themselves in the second run, and by how much."""
    both = [one for one in sides if one.first and one.second]
    if not gaps:
        return _("{metric} in both runs, each with its own interval.").format(metric=title)
    settled = [gap for one in both if (gap := gaps.get(one.recommender)) is not None and gap.settled]
    if not settled:
        return counted(
            "By {metric}, the {n} recommender that both have is tied with its namesake in the other run.",
            "By {metric}, each of the {n} recommenders that both have is tied with its namesake in the "
            "other run.",
            len(gaps),
            metric=title,
        )
    return sentences(
        [
            _("{name}: {metric} {gap} in {second} ({low} to {high}).").format(
                second=second,
                name=runs_data.recommender(gap.recommender),
                gap=numbers.signed(gap.estimate.mean),
                metric=title,
                low=numbers.signed(gap.estimate.low),
                high=numbers.signed(gap.estimate.high),
            )
            for gap in settled
        ]
    )


def why(made: Paired) -> str:
    """What the differences are, or why there are none."""
    return {
        "": _(
            "Differences are paired by person, over the same people and held-out items; 95 % bootstrap "
            "intervals; p-values corrected over the recommenders (Holm). Tied means: not told apart at 5 %."
        ),
        "gone": _(
            "No difference is given: it would have to be paired by person, and what came out for each person "
            "is no longer kept of both. Download their experiments and repeat them: python -m core compare "
            "--experiment FILE"
        ),
        "task": _(
            "No difference is given: what is ranked, or what counts, is not the same in both, so their "
            "figures are of different questions."
        ),
        "other": _(
            "No difference is given: what is kept for each person was worked out again since, and its "
            "numbers are not those of the record. Reproduce says which differ."
        ),
        "people": _("The difference is not paired, so none is given: the held-out people are not the same."),
        "held out": _(
            "The difference is not paired, so none is given: other items were held out of the same people."
        ),
    }[made.why]
