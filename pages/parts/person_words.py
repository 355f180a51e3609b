"""What the People page says of a person and their lists, in sentences made from the data."""

from collections.abc import Sequence

from pages.parts.words import _, listed, sentences


def first_sentence(user: str, labels: Sequence[str], hits: Sequence[int], what: str, k: int) -> str:
    """Which recommenders found most of what this person took later, and which found nothing."""
    most = max(hits, default=0)
    if not most:
        return _("None of these lists has any of the {what} that {user} took later in its first {k}.").format(
            what=what, user=user, k=k
        )
    best = [label for label, found in zip(labels, hits, strict=True) if found == most]
    less = [(label, found) for label, found in zip(labels, hits, strict=True) if found < most]
    rest = sorted(less, key=lambda one: -one[1])
    form = (
        _("Of the {what} that {user} took later, {best} has {hits} in its first {k}.")
        if len(best) == 1
        else _("Of the {what} that {user} took later, {best} each have {hits} in their first {k}.")
    )
    said = [form.format(what=what, user=user, best=listed(best), hits=most, k=k)]
    if rest:
        others = [
            _("{label} has {hits}").format(label=label, hits=found or _("none")) for label, found in rest
        ]
        said.append(_("{others}.").format(others=listed(others)))
    return sentences(said)


def found_by(by: str, what: str) -> str:
    """Why a search found a person, beside the id; "" where the id says it."""
    if by == "id":
        return ""
    return what if by == "item" else f"{by}: {what}"


def orders() -> dict[str, str]:
    """The orders in which people follow one another."""
    return {
        "id": _("by id"),
        "surprise": _("surprise me"),
        "disagreement": _("biggest disagreement"),
        "worst": _("worst served"),
    }


def order_meaning(order: str, metric: str) -> str:
    """What an order puts first."""
    return {
        "id": "",
        "surprise": _("People in a mixed order: next shows somebody else."),
        "disagreement": _(
            "First come people for whom the best and the worst list differ most in {metric}."
        ).format(metric=metric),
        "worst": _("First come people whose lists have the lowest mean {metric}.").format(metric=metric),
    }[order]
