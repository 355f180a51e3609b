"""Reasons that tell nothing personal of one person."""

from collections.abc import Sequence
from dataclasses import replace

from core.recommenders.base import Recommender
from core.recommenders.reason import Reason


def discreet(reason: Reason, recommender: Recommender, personal: Sequence[str]) -> Reason:
    """The reason without the segment of a person, where a personal column makes the segments."""
    if reason.kind == "segment" and any(column in recommender.spec for column in personal):
        return replace(reason, name="", n=0, of=0)
    return reason
