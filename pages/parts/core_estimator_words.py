"""Sentences of core on estimators of clicks and sales."""

import re

from core.evaluation.offpolicy.estimator import estimators


def parted(text: str) -> tuple[str, ...]:
    """The sentences of a text: several estimators share some of theirs."""
    return tuple(re.split(r"(?<=\.) ", text))


ESTIMATOR_SENTENCES = tuple(
    text for one in estimators().values() for text in (one.label, *parted(one.assumes), *parted(one.fails))
)
